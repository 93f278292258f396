/*
** The inside of a look, for the files that it is made of: look.c (what has been asked for), look_spill.c (pages that are not in
** memory).
*/
#ifndef CHAT_LOOK_INSIDE_H
#define CHAT_LOOK_INSIDE_H

#include "base/map.h"
#include "catalog/catalog.h"
#include "read/look_state.h"
#include "read/reading.h"
#include "read/spill.h"
#include "rest/page_read.h"
#include "session/connection.h"
#include "session/statement.h"

struct look {
    map used; /* by resource: answers made use of */
    connection *shared;
    statement_name by;   /* not known: nobody shares it */
    retry_budget budget; /* of all requests of the statement */
    allowance *allowed;  /* of all accounts' requests of the statement */
    int cursors;         /* that read */
    int heirs;           /* cursors that may come to read */
    uint64_t begun_when; /* statement_begun, when nobody but those was left */
    map entries; /* by table, origin and path: "services 0 /v1/Services?PageSize=100"; "... 0+ ...": once more */
    map companions;
    struct scan *scans;
    char *service_sid; /* owned, or NULL */
    unsigned version;
    int64_t server_changes; /* as when it began */
    size_t page_bytes;      /* of lists of late, in memory; 0: none has come */
    int64_t asked;          /* requests begun */
    int64_t of_use;         /* answers made use of, of all resources */
    int64_t begun;          /* scans */
    void (*on_wait)(look *view);
    spill file;      /* pages for which there is no room in memory */
    bool file_fails; /* so that what may be wanted again, or not, is not written there any more */
    bool closing;
    look *next;
};

struct look_entry {
    look *view;
    const catalog_resource *resource;
    unsigned version;
    bool single, is_content;
    size_t coming;       /* bytes expected of what has not come whole, counted in coming_bytes */
    page_reader *reader; /* of a list, from the attempt on that it is coming with */
    int users;
    bool used;
    bool kept;         /* nobody uses it: its page counts as kept_bytes */
    int holders;       /* look_hold: ... */
    bool held;         /* ... its page stays in memory and counts as held_bytes; else it is in the file */
    spill_place filed; /* where, if it is there */
    int64_t log_id;    /* of its last attempt, once there is an answer */
    look_state state;
    client_request *request; /* while LOOK_PENDING */
    page *content;           /* when LOOK_READY; NULL: nobody uses it, and it is in the file */
    int status;              /* HTTP status, once there is an answer */
    bool exhausted;          /* the statement has no repetitions left */
    int rc;                  /* when LOOK_FAILED */
    char *message;
    const char *path; /* inside key */
    char key[];
};

/* Sees to it that an entry's page, which is in memory, is in the file, too. False: it is not; maybe with a problem. */
bool look_spill_write(look_entry *entry, error *problem);

/*
** The same for a page that may be wanted again, or never: only as far as that is little beside the user's disk, and what goes
** wrong is nobody's problem.
*/
bool look_spill_offer(look_entry *entry);

/* Lets go of a page in memory that is in the file. */
void look_spill_drop(look_entry *entry);

/* Sees to it that an entry's page is in memory, before somebody uses it. */
void look_spill_back(look_entry *entry, error *problem);

/* Rows of a page that is in the file, as look_rows. */
page *look_spill_rows(look_entry *entry, size_t row, size_t *first, error *problem);

/* The entry is freed. */
void look_spill_forget(look_entry *entry);

#endif
