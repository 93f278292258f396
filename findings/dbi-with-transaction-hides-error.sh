#!/usr/bin/env bash
# R's dbWithTransaction answers with the error of a ROLLBACK that was not needed in the place of the one that ended it.
#
# Expected: dbWithTransaction(db, code) rolls back and stops with the error that code, or dbCommit, stopped with.
# Happens: it calls dbRollback whatever happened. When SQLite has rolled back by itself, as by ON CONFLICT ROLLBACK,
#   dbRollback stops with an error of its own before the first one is passed on: "cannot rollback - no transaction is
#   active". What went wrong is not told.
# Seen: DBI 1.1.3 with RSQLite 2.2.20 and R 4.2.2 (Debian 12).
# Why it matters: the message is all that an R script has to tell a conflict from a full disk by. With a plain
#   constraint, which leaves the transaction open, the right one comes, so tests do not show it.
#
# Needs apt-get with its lists, libicu72 and libtirpc3. Exit 1 if the behaviour is another one.
set -eu
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"
apt-get -qq -o APT::Sandbox::User=root download r-base-core=4.2.2.20221110-2 r-cran-dbi=1.1.3-1 \
    r-cran-rsqlite=2.2.20-1 r-cran-bit=4.0.5-1 r-cran-bit64=4.0.5-1 r-cran-blob=1.2.3-1 r-cran-memoise=2.0.1-1 \
    r-cran-pkgconfig=2.0.3-2 r-cran-vctrs=0.5.2-1 r-cran-rlang=1.0.6-1 r-cran-cli=3.6.0-1 r-cran-glue=1.6.2-1 \
    r-cran-lifecycle=1.0.3+dfsg-1 r-cran-cachem=1.0.7-1 r-cran-fastmap=1.1.1-1 r-cran-rcpp=1.0.10-1 \
    r-cran-plogr=0.2.0-3 libblas3=3.11.0-2 liblapack3=3.11.0-2 libgfortran5=12.2.0-14+deb12u1 \
    libquadmath0=12.2.0-14+deb12u1 libgomp1=12.2.0-14+deb12u1
for archive in ./*.deb; do dpkg-deb -x "$archive" debian; done
libraries=$(echo "$temp"/debian/usr/lib/*-linux-*/)
export R_HOME=$temp/debian/usr/lib/R R_LIBS=$temp/debian/usr/lib/R/site-library
export R_LIBS_SITE=$R_LIBS R_LIBS_USER=$R_LIBS R_SHARE_DIR=$temp/debian/usr/share/R/share
export LD_LIBRARY_PATH=$R_HOME/lib:$libraries:$libraries/blas:$libraries/lapack

cat >try.R <<'R'
check <- function(what, seen, wanted) {
    if (!identical(seen, wanted)) {
        message("changed: ", what, ": ", seen, ", not ", wanted)
        quit(status = 1)
    }
    cat("ok: DBI 1.1.3, RSQLite 2.2.20, ", what, ": ", seen, "\n", sep = "")
}
error <- function(action) tryCatch({ action; "none" }, error = conditionMessage)

library(DBI)
check("version", paste(packageVersion("DBI"), packageVersion("RSQLite")), "1.1.3 2.2.20")
db <- dbConnect(RSQLite::SQLite(), ":memory:")
invisible(dbExecute(db, "CREATE TABLE plain(a UNIQUE)"))
invisible(dbExecute(db, "CREATE TABLE ends(a UNIQUE ON CONFLICT ROLLBACK)"))
for (table in c("plain", "ends")) {
    insert <- paste("INSERT INTO", table, "VALUES (1)")
    invisible(dbExecute(db, insert))
    check(paste0("a conflict in ", table, ", alone"), error(dbExecute(db, insert)),
        paste0("UNIQUE constraint failed: ", table, ".a"))
}
check("a conflict in plain, in dbWithTransaction",
    error(dbWithTransaction(db, dbExecute(db, "INSERT INTO plain VALUES (1)"))), "UNIQUE constraint failed: plain.a")
check("a conflict in ends, in dbWithTransaction",
    error(dbWithTransaction(db, dbExecute(db, "INSERT INTO ends VALUES (1)"))),
    "cannot rollback - no transaction is active")
dbDisconnect(db)
R
"$R_HOME/bin/exec/R" --vanilla --no-echo --file=try.R || exit 1
