# R's DBI with RSQLite. Run by tests/hosts/r; host.sh says what the environment holds.
#
#   db <- dbConnect(RSQLite::SQLite(), "file.db", loadable.extensions = TRUE)
#   dbGetQuery(db, "SELECT load_extension('build/chat')")
#
# Rows are appended with dbExecute or dbAppendTable: dbWriteTable makes an ordinary table. dbWithTransaction answers a
# refused COMMIT with the error of a ROLLBACK that is no longer possible: dbBegin and dbCommit give the service's message.
library(DBI)

service <- Sys.getenv("SERVICE")
channel <- Sys.getenv("CHANNEL")
insert <- "INSERT INTO messages(service_sid, channel_sid, body) VALUES (?, ?, ?)"
read <- 'SELECT "index", body FROM messages WHERE service_sid = ? AND channel_sid = ? ORDER BY "index"'

curl <- function(...) {
    system2("curl", c("-sS", "--noproxy", shQuote("*"), ...), stdout = TRUE)
}

control <- function(command) {
    invisible(curl("-X", "POST", shQuote(paste0(Sys.getenv("TWILIO_CHAT_URL"), "/__control/", command))))
}

open <- function(file = ":memory:") {
    db <- dbConnect(RSQLite::SQLite(), file, loadable.extensions = TRUE)
    dbGetQuery(db, "SELECT load_extension(?)", params = list(Sys.getenv("LIBRARY")))
    db
}

value <- function(db, sql, ...) dbGetQuery(db, sql, params = if (...length()) list(...))[[1]]

# The bodies of what the service has applied since the step began. SQLite reads the JSON.
applied <- function() {
    ledger <- paste(curl(paste0(Sys.getenv("TWILIO_CHAT_URL"), "/__control/ledger")), collapse = "")
    bare <- dbConnect(RSQLite::SQLite(), ":memory:")
    on.exit(dbDisconnect(bare))
    value(bare, "SELECT coalesce(group_concat(value ->> 'body', ' '), '') FROM json_each(?)", ledger)
}

write <- function(db, ...) {
    for (body in c(...)) dbExecute(db, insert, params = list(service, channel, body))
}

rows_of <- function(bodies) data.frame(service_sid = service, channel_sid = channel, body = bodies)

expect <- function(actual, expected) {
    if (!identical(actual, expected)) {
        stop(paste(deparse(actual), collapse = " "), " instead of ", paste(deparse(expected), collapse = " "))
    }
}

fails <- function(text, action) {
    message <- tryCatch({
        force(action)
        stop("no error")
    }, error = conditionMessage)
    if (!grepl(text, message, fixed = TRUE)) stop("other error: ", message)
}

step <- function(name, action) {
    control("reset")
    reason <- tryCatch({
        action()
        NULL
    }, error = conditionMessage)
    if (is.null(reason)) {
        cat("ok - ", name, "\n", sep = "")
    } else {
        cat("not ok - ", name, "\n# ", gsub("\n", "\n# ", reason), "\n", sep = "")
    }
}

refusal <- "fault?action=status&status=400&code=20001&message=no&method=POST&nth=2"

step("loads from its file name", function() {
    expect(value(open(), "SELECT chat_version() GLOB '[0-9]*.[0-9]*'"), 1L)
})

step("reads with parameters", function() {
    rows <- dbGetQuery(open(), read, params = list(service, channel))
    expect(nrow(rows), as.integer(Sys.getenv("MESSAGES")))
    expect(rows$index, seq_len(nrow(rows)) - 1L)
})

step("joins", function() {
    rows <- dbGetQuery(open(), Sys.getenv("JOIN"), params = list(service))
    expect(paste0(rows$friendly_name, "=", rows$messages, collapse = " "), Sys.getenv("JOINED"))
})

step("NULL, integers and JSON arrive as such", function() {
    db <- open()
    row <- dbGetQuery(db, "SELECT media, \"index\", attributes ->> 'topic' AS topic FROM messages WHERE service_sid = ?
        AND channel_sid = ? AND topic = 'support' LIMIT 1", params = list(service, channel))
    expect(list(is.na(row$media), is.integer(row$index), row$topic), list(TRUE, TRUE, "support"))
    expect(value(db, "SELECT count(*) > 0 FROM roles AS r, json_each(r.permissions) AS p
        WHERE p.value = 'sendMessage'"), 1L)
})

step("text beyond ASCII, and digits, go and come unchanged", function() {
    db <- open()
    write(db, "Gr\u00fc\u00dfe \U1F382", "007")
    expect(applied(), "Body=Gr%C3%BC%C3%9Fe%20%F0%9F%8E%82 Body=007")
    expect(dbGetQuery(db, paste(read, "DESC LIMIT 2"), params = list(service, channel))$body,
        c("007", "Gr\u00fc\u00dfe \U1F382"))
})

step("half a result can be left", function() {
    db <- open()
    result <- dbSendQuery(db, "SELECT sid, body FROM messages")
    expect(nchar(dbFetch(result, 3)$sid), c(34L, 34L, 34L))
    dbClearResult(result)
    write(db, "after")
    dbDisconnect(db)
    expect(applied(), "Body=after")
})

step("COMMIT sends once, in order", function() {
    db <- open()
    dbExecute(db, "CREATE TABLE local(x)")
    dbWithTransaction(db, {
        write(db, "one", "two")
        dbExecute(db, "INSERT INTO local VALUES (1)")
        expect(applied(), "")
    })
    expect(applied(), "Body=one Body=two")
    expect(value(db, "SELECT count(*) FROM local"), 1L)
})

step("ROLLBACK sends nothing", function() {
    db <- open()
    dbBegin(db)
    write(db, "never")
    dbRollback(db)
    fails("the program's own", dbWithTransaction(db, {
        write(db, "nor this")
        stop("the program's own")
    }))
    expect(applied(), "")
})

step("a statement of its own is sent once", function() {
    write(open(), "alone")
    expect(applied(), "Body=alone")
})

step("a prepared statement is sent once each time", function() {
    expect(dbExecute(open(), insert, params = list(rep(service, 3), rep(channel, 3), c("a", "b", "c"))), 3L)
    expect(applied(), "Body=a Body=b Body=c")
})

# RSQLite has one open result for a connection: what has been read goes before what is written.
step("writes inside a reading loop are sent once", function() {
    db <- open()
    for (index in dbGetQuery(db, paste(read, "LIMIT 3"), params = list(service, channel))$index) {
        write(db, paste("about", index))
    }
    expect(applied(), "Body=about%200 Body=about%201 Body=about%202")
})

step("a refused COMMIT raises with the message of the service, and rolls back", function() {
    db <- open()
    dbExecute(db, "CREATE TABLE local(x)")
    control(refusal)
    dbBegin(db)
    dbExecute(db, "INSERT INTO local VALUES (1)")
    write(db, "sent", "refused", "third")
    message <- tryCatch(dbCommit(db), error = conditionMessage)
    expect(grepl('Twilio error 20001 "no".*of 3 calls 1 was sent, 1 failed.* 1 was not sent', message), TRUE)
    expect(value(db, "SELECT count(*) FROM local"), 0L)
    write(db, "next")
    expect(applied(), "Body=sent Body=next")
})

# The message is lost, but not what chat_writes tells.
step("dbWithTransaction hides why a COMMIT was refused", function() {
    db <- open()
    control(refusal)
    fails("no transaction is active", dbWithTransaction(db, write(db, "sent", "refused")))
    expect(value(db, "SELECT state FROM chat_writes"), c("sent", "failed"))
    expect(value(db, "SELECT count(*) FROM chat_writes WHERE error LIKE '%20001%'"), 1L)
    expect(applied(), "Body=sent")
})

step("a bad row raises, and nothing is sent", function() {
    db <- open()
    fails("channel_sid is needed", dbExecute(db, "INSERT INTO messages(body) VALUES ('x')"))
    fails("body", write(db, NA_character_))
    expect(applied(), "")
})

# dbFetch takes as many rows as it is told to, and dbClearResult drops what comes after them; dbExecute takes none.
step("RETURNING is refused in autocommit, and nothing is sent; in a transaction it is sent once", function() {
    values <- paste0("('", service, "', '", channel, "', ")
    sql <- paste0("INSERT INTO messages(service_sid, channel_sid, body) VALUES ", values, "'x'), ", values,
        "'y') RETURNING body")
    calls <- list(
        function(db) dbGetQuery(db, sql)$body,
        function(db) dbGetQuery(db, sql, n = 1)$body,
        function(db) dbExecute(db, sql),
        function(db) {
            result <- dbSendQuery(db, sql)
            on.exit(dbClearResult(result))
            dbFetch(result, 1)$body
        })
    for (call in calls) {
        control("reset")
        db <- open()
        fails("leave RETURNING out", call(db))
        expect(value(db, "SELECT count(*) FROM chat_writes"), 0L)
        expect(applied(), "")
        dbBegin(db)
        call(db)
        expect(applied(), "")
        dbCommit(db)
        expect(applied(), "Body=x Body=y")
    }
})

step("a file, closed and opened again", function() {
    file <- file.path(Sys.getenv("HOST_FOLDER"), "data.db")
    db <- open(file)
    dbExecute(db, paste0("CREATE TABLE saved AS SELECT sid, body FROM messages WHERE service_sid = '", service,
        "' AND channel_sid = '", channel, "'"))
    saved <- value(db, "SELECT count(*) FROM saved")
    dbDisconnect(db)
    db <- open(file)
    expect(saved > 0, TRUE)
    expect(value(db, "SELECT count(*) FROM saved JOIN messages AS m USING (sid)
        WHERE m.service_sid = ? AND m.channel_sid = ?", service, channel), saved)
})

step("dbAppendTable sends a call for each row; dbWriteTable makes an ordinary table", function() {
    db <- open()
    expect(dbAppendTable(db, "messages", rows_of(c("x", "y"))), 2L)
    expect(applied(), "Body=x Body=y")
    dbWriteTable(db, "messages", rows_of("local"), append = TRUE)
    expect(applied(), "Body=x Body=y")
    expect(value(db, "SELECT count(*) FROM messages"), 1L)
})

# RSQLite releases a savepoint there, and leaves it open when that is refused: what comes after would never be sent.
step("after a refused dbAppendTable writes are refused until dbRollback", function() {
    db <- open()
    rows <- rows_of(c("refused", "not sent"))
    control(sub("&nth=2", "", refusal))
    fails("Twilio error 20001", dbAppendTable(db, "messages", rows))
    for (action in c(function() write(db, "lost"), function() dbAppendTable(db, "messages", rows))) {
        fails("the RELEASE of this transaction has failed: ROLLBACK first", action())
    }
    fails("within a transaction", dbWithTransaction(db, write(db, "lost")))
    dbRollback(db)
    write(db, "next")
    expect(dbAppendTable(db, "messages", rows_of("appended")), 1L)
    expect(applied(), "Body=next Body=appended")
})

step("after a refused dbCommit of a savepoint writes are refused until its dbRollback", function() {
    db <- open()
    control(sub("&nth=2", "", refusal))
    dbBegin(db, name = "outermost")
    write(db, "refused")
    fails("Twilio error 20001", dbCommit(db, name = "outermost"))
    fails("ROLLBACK first", write(db, "lost"))
    dbRollback(db, name = "outermost")
    write(db, "next")
    expect(applied(), "Body=next")
})

step("dbAppendTable within dbWithTransaction goes with it", function() {
    db <- open()
    dbWithTransaction(db, {
        dbAppendTable(db, "messages", rows_of(c("x", "y")))
        expect(applied(), "")
    })
    expect(applied(), "Body=x Body=y")
    control("reset")
    control(refusal)
    fails("no transaction is active", dbWithTransaction(db, dbAppendTable(db, "messages", rows_of(c("sent", "refused")))))
    write(db, "next")
    expect(applied(), "Body=sent Body=next")
})

step("a POSIXct is bound as seconds", function() {
    when <- as.POSIXct("2026-01-31 08:09:10", tz = "UTC")
    expect(value(open(), "SELECT chat_time(?, 'unixepoch')", when), "2026-01-31T08:09:10Z")
})

# Where the signal comes after the statement, the loop waits for it.
step("Ctrl-C waits for the end of the statement", function() {
    db <- open()
    dbExecute(db, "UPDATE chat_settings SET value = 1 WHERE name IN ('page_size', 'max_concurrency')")
    query <- "SELECT count(*) FROM messages WHERE service_sid = ? AND channel_sid = ?"
    rows <- dbGetQuery(db, query, params = list(service, channel))[[1]]
    dbExecute(db, "DELETE FROM chat_requests")
    control("latency?ms=50")
    system(sprintf("(sleep 0.2; kill -INT %d)", Sys.getpid()), wait = FALSE)
    ended <- tryCatch({
        dbGetQuery(db, query, params = list(service, channel))
        for (second in 1:60) Sys.sleep(1)
        "never"
    }, interrupt = function(condition) "interrupted")
    control("latency?ms=0")
    expect(ended, "interrupted")
    expect(value(db, "SELECT count(*) FROM chat_requests") >= rows, TRUE)
})

step("an error at a later row raises", function() {
    db <- open()
    dbExecute(db, "UPDATE chat_settings SET value = 5 WHERE name = 'page_size'")
    control("fault?action=status&status=400&code=20001&message=no&method=GET&nth=2")
    fails("Twilio error 20001", dbGetQuery(db, read, params = list(service, channel)))
})
