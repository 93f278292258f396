/*
** The catalogue: what the Chat API and its successor Conversations have, as const data. The generations of the API, and
** every resource with its path, columns, list filters, page maxima and form parameters in each of them. No logic beyond
** finding an entry, no I/O: adding a resource or a generation is adding data.
**
** Sources: the vendor's OpenAPI specs of chat v1, v2 and v3 and of conversations v1, and the product pages of the same
** resources.
*/
#ifndef CHAT_CATALOG_H
#define CHAT_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
** A host of the service's: https://<product>.twilio.com, with a region https://<product>.<region>.twilio.com, with an edge
** https://<product>.<edge>.<region>.twilio.com (region us1 where none is given), or what its setting says instead.
*/
typedef struct catalog_origin {
    const char *product;
    const char *region;      /* that its name always has where no other is given; NULL: none */
    const char *setting;     /* that replaces it: "url" */
    const char *environment; /* ... and that setting's variable */
    const char *ended;       /* what to say where it does not answer as an API any more, or NULL */
} catalog_origin;

enum { CATALOG_ORIGIN_COUNT = 3 };
extern const catalog_origin catalog_origins[CATALOG_ORIGIN_COUNT];

/*
** What some versions call otherwise: a segment of a path, a column in JSON, a list's key. The last of a list of them has
** ours NULL.
*/
typedef struct catalog_word {
    const char *ours;   /* in addresses, columns and the catalogue: "Channels", "service_sid" */
    const char *theirs; /* on the wire */
    unsigned versions;  /* of a resource's word: mask of those that say so */
} catalog_word;

/* A text that some versions call otherwise: a permission, an event. The last of a list of them has ours NULL. */
typedef struct catalog_value {
    const char *ours;   /* of texts that mean the same to the service the first is read */
    const char *theirs; /* likewise the first is written */
} catalog_value;

/* How a column's value comes from a row's JSON where it is not simply the field of its name. */
typedef enum {
    MADE_CONSTANT, /* always `text`: the version knows no other value, and has no such field */
    MADE_FIRST,    /* of an array's first element the members that `values` list, by our names; NULL of an empty one */
    MADE_VALUES,   /* texts, in an array or alone, are told as `values` say: of the object's member `text`, or of all */
    MADE_OBJECT,   /* an object of those fields of the row that `values` list, by our names */
} catalog_made;

/* One step of making a column. Those of one column are taken one after another. The last of a list has column NULL. */
typedef struct catalog_making {
    const char *column;
    unsigned versions;
    catalog_made how;
    const char *text;
    const catalog_value *values;
    const char *but_field, *but_text; /* not in rows whose field of that name (theirs) is this text; NULL: in all */
} catalog_making;

/* Why a version lacks a column or the whole table (column NULL), and what to do. The last of a list has reason NULL. */
typedef struct catalog_note {
    const char *column;
    unsigned versions;
    const char *reason; /* ends a message: "Conversations has no invites: ..." */
} catalog_note;

/*
** A generation of the API. Sets of them are masks of their bits; "version" in the code is the one bit of a generation in
** force.
*/
typedef struct catalog_generation {
    unsigned bit;
    const char *name;          /* in settings and messages: "v1" */
    const char *prefix;        /* of its paths: "/v1" */
    int origin;                /* index in catalog_origins */
    bool chosen;               /* a value of api_version, else ... */
    unsigned beside;           /* ... its calls come beside those of these generations */
    const catalog_word *words; /* in every resource: segments and parents' columns; NULL: the catalogue's own */
} catalog_generation;

enum { CATALOG_GENERATION_COUNT = 5 };
extern const catalog_generation catalog_generations[CATALOG_GENERATION_COUNT];

/* The values of api_version, the default first; then NULL. */
extern const char *const catalog_choices[];

/* What a JSON field holds, and so how SQL shows it. */
typedef enum {
    VALUE_TEXT,      /* a string: TEXT */
    VALUE_INTEGER,   /* a count or an index: INTEGER */
    VALUE_BOOLEAN,   /* true or false: INTEGER 1 or 0 */
    VALUE_TIME,      /* ISO 8601, or RFC 2822 to be turned into it: TEXT in UTC */
    VALUE_JSON,      /* an object or an array: its compact JSON as TEXT with SQLite's JSON subtype */
    VALUE_JSON_TEXT, /* a string that holds JSON (attributes): that string, with the JSON subtype */
    VALUE_DURATION,  /* a string: an ISO 8601 duration of days and smaller, as TEXT */
    VALUE_BYTES,     /* a string: the temporary address, a secret, of the bytes that SQL shows as BLOB */
} catalog_kind;

enum {
    /* A list may answer null although the resource has a value: the single resource tells the truth. */
    COLUMN_LIST_HIDES = 1,
    /* Accepted by create or update and never returned: a hidden column that reads NULL. */
    COLUMN_WRITE_ONLY = 2,
    /* The SID of a parent: taken from the path where the JSON of some version lacks it. */
    COLUMN_PARENT = 4,
    /* Null wherever the service has not reachability_enabled: then there is no need to ask further. */
    COLUMN_NEEDS_REACHABILITY = 8,
    /* Shown as "****" in chat_writes. */
    COLUMN_SECRET = 16,
    /* The server sets it anew with an update that does not give it: what an UPDATE gives is sent even if it is what
       the row has, as long as something else has changed. */
    COLUMN_TOUCHED = 32,
    /* A hidden column that can be read all the same. */
    COLUMN_HIDDEN = 64,
    /* Tells what other columns mean (a parameter's `where`): an UPDATE that leaves it alone knows its value. */
    COLUMN_TELLS = 128,
    /* An INSERT below may set it anew (a resource's `wakes`). */
    COLUMN_WOKEN = 256,
    /* With a call that gives it the server sets COLUMN_TOUCHED anew also where that is null. */
    COLUMN_TOUCHES = 512,
    /* COLUMN_TOUCHED, but only with a call that gives such a one. */
    COLUMN_TOUCHED_WITH = 1024,
    /* An empty text given by one host is not what it is given by the other: Chat shows '', Conversations NULL (a user) or what was
       there before (a conversation). */
    COLUMN_EMPTY_DIFFERS = 2048,
};

typedef struct catalog_column {
    const char
        *name; /* in SQL, and in JSON unless a word says otherwise: the API's own name, such as "friendly_name" */
    catalog_kind kind;
    unsigned versions;       /* mask of the versions whose response has it; 0: never in a response */
    unsigned flags;          /* COLUMN_... */
    const char *description; /* one short sentence fragment, for chat_columns */
} catalog_column;

/* Rows with that value in a column, or all others. */
typedef struct catalog_where {
    const char *column; /* NULL: all rows */
    const char *value;
    bool other;
} catalog_where;

/* One form parameter of create (POST to the list) or update (POST to the resource). */
typedef struct catalog_parameter {
    const char *name;            /* on the wire: "FriendlyName", "Limits.UserChannels" */
    const char *column;          /* the column that gives the value: "friendly_name", "limits" */
    const char *leaf;            /* dotted path inside a VALUE_JSON column: "user_channels", "0.sid"; NULL: the whole */
    const char *part;            /* update: of the resource at <the row's path>/<part>; NULL: of the row's own */
    catalog_kind kind;           /* how the value is checked and written */
    bool repeated;               /* an array: the key is repeated for each element */
    int max_elements;            /* of it (0: none documented) */
    unsigned create;             /* mask of versions whose create takes it */
    unsigned update;             /* mask of versions whose update takes it */
    unsigned create_required;    /* subset of create */
    unsigned update_required;    /* subset of update */
    unsigned max_length;         /* documented maximum, in characters (0: none); bytes for a message body */
    bool is_object;              /* a VALUE_JSON_TEXT that must hold an object */
    const char *const *accepted; /* NULL-terminated list of the enum's values, or NULL */
    bool any_case;               /* ... which are read without regard to case */
    unsigned minimum_seconds;    /* of a duration other than none at all */
    const char *null_text;       /* what a null in a JSON column is sent as; NULL: the empty value */
    bool null_empties;           /* ... which is sent for one in an INSERT too; else that is left out */
    bool may_lack;               /* an update's document may be without the leaf: that stays as it is */
    const char *kept;            /* why an update cannot empty it; NULL: it can */
    catalog_where where;         /* the rows that it is for: of others, another parameter takes the same leaf */
    const catalog_value *values; /* by which texts are told on the wire, in all its versions; NULL: as they are */
    bool final;     /* an update cannot set it back: it is as a row shows it, but for a call that is known to move it */
    bool exclusive; /* what one row has another cannot have, wherever the two are */
    bool lets_go;   /* with one of its values the rows below lose what they have exclusively */
} catalog_parameter;

/*
** A leaf of a JSON column that no parameter takes, since the service makes it of another: what stands before the colon of that
** one. A row that is copied as it was read has it.
*/
typedef struct catalog_derived {
    const char *column, *leaf; /* column NULL: ends the list */
    const char *of;            /* a leaf of the same column */
    const char *plain;         /* what it is where nothing stands before a colon, or that leaf is not there */
    const char *also_plain;    /* what may stand there and the service say the plain one all the same; or NULL */
    const char *reason;        /* for one that is something else */
} catalog_derived;

/*
** Which comparison of a column a filter answers. The bounds are of times, sent as the first and the last second of their days
** (what finer ones do is not known), and let through the whole day.
*/
typedef enum { FILTER_EQUAL, FILTER_FROM, FILTER_UP_TO } catalog_comparison;

/* A comparison with a column that the list endpoint itself can filter by. */
typedef struct catalog_filter {
    const char *column;    /* "type" */
    const char *parameter; /* "Type" */
    unsigned versions;
    const char *const *accepted; /* values that may be sent; NULL: any text */
    bool complete;               /* ... and there are no others, whatever their case */
    catalog_comparison comparison;
    bool one_value;    /* a list takes one value: several make several lists */
    unsigned required; /* in these versions the list must be given a value for exactly one of those that are required */
} catalog_filter;

/* Another place to which a new row goes if a column is given. */
typedef struct catalog_create_with {
    const char *column;  /* NULL: there is none */
    const char *segment; /* of the path, in place of the list's */
    int also_done;       /* a status of success there, beside catalog_done_statuses */
    bool persons;        /* the column holds persons who come into the new row */
} catalog_create_with;

/*
** An error code that says, with 409, that another row has a value of the column already, which no two may have: what a UNIQUE
** constraint of an ordinary table would refuse. Another code says nothing of a row that is there: "conflicting modification" that
** somebody else is making, changing or removing the same just now, 20409 that it is in no state for that. The last of a list has
** column NULL. (vendor: docs/api/errors)
*/
typedef struct catalog_taken {
    int code;
    const char *column;
} catalog_taken;

enum { CATALOG_MAX_PARENTS = 3, CATALOG_MAX_FILTERS = 4 };

typedef struct catalog_resource catalog_resource;
struct catalog_resource {
    const char *name;               /* of the SQL table: "messages" */
    unsigned always;                /* the one version that it speaks, whatever api_version says; 0: as that says */
    const char *segment;            /* in the path: "Messages" */
    const char *counted_by;         /* the parent's column that tells how many rows the list has; or NULL */
    const char *list_key;           /* in the list's JSON: "messages" */
    bool single;                    /* its parent has exactly one of it, at <parent>/<segment>: no list, no SID */
    const catalog_resource *parent; /* NULL: at the top of the version's tree */
    const char *parent_column;      /* the column with the parent's SID ("channel_sid"); NULL without parent */
    const char *key_column;         /* that ends the path: "sid" ("channel_sid" for user_channels); NULL: single */
    const char *key_prefix;         /* of that SID: "IM" */
    unsigned list, fetch, create, update, remove;               /* masks of the versions that have the operation */
    unsigned webhooks_create, webhooks_update, webhooks_remove; /* ... that take X-Twilio-Webhook-Enabled on it */
    bool wakes;                                                 /* a new row may set its parent's COLUMN_WOKEN anew */
    const char *woken;                                          /* as what form would do, of a row with COLUMN_WOKEN */
    catalog_create_with create_with;
    int page_max[CATALOG_GENERATION_COUNT]; /* largest PageSize, in the order of catalog_generations; 0: no such list */
    const char *name_column;                /* a column that can stand in the path instead of the SID, or NULL ... */
    unsigned name_versions;                 /* ... in these versions, */
    unsigned name_writes;                   /* ... and in these also of writes */
    unsigned unseen_versions;               /* in these a name can be taken (409) by what is not shown (404), ... */
    const char *unseen;                     /* ... which is this, and what to do about it */
    const char *order_column;               /* the list comes in this column's order (ascending) and takes ... */
    const char *order_parameter;            /* ... this parameter, "asc" or "desc"; both NULL: order unknown */
    const char
        *list_query; /* sent with every list that no filter on the same parameter replaces, or NULL; a word may give
                               another */
    catalog_filter filters[CATALOG_MAX_FILTERS]; /* unused ones have column NULL */
    const char
        *person_in; /* rows tell of a person in what has a SID of these letters, as other tables' rows do; or NULL */
    const char *
        person_column; /* ... the column that tells which row of theirs is the same person there; NULL: the row's own SID does */
    const char
        *person_asked;  /* a row asks a person into what has a SID of these letters: among the user's is one with it */
    bool person_needed; /* a new row is of a person whom there must be: a new row with person_in makes one */
    bool update_is_inside;   /* an update counts among the writes to what it holds, for the service's limits */
    const char *size_column; /* with the number of bytes that a VALUE_BYTES column holds; or NULL */
    double typical_rows;     /* for the planner: rows of one list (under one parent), a guess */
    const catalog_column *columns;
    size_t column_count;
    const catalog_word *words;     /* what single versions call a column, the list's key or its query; or NULL */
    const catalog_making *makings; /* or NULL */
    const catalog_note *notes;     /* or NULL */
    const catalog_resource *const
        *parts; /* NULL-terminated list, or NULL: single resources below each row that have those
                                             of its columns which they name, in the versions in which they can be fetched */
    const catalog_parameter *parameters;
    size_t parameter_count;
    const catalog_derived *derived; /* or NULL */
    const catalog_taken *taken;     /* or NULL: two rows may have the same values in all columns that can be given */
    const char *description;
};

/* All resources, parents before children: the list itself, for the catalogue's own use ... */
enum { CATALOG_RESOURCE_COUNT = 31 };
extern const catalog_resource *const catalog_all[CATALOG_RESOURCE_COUNT];

/* ... and for everybody else. count: how many, not NULL. */
const catalog_resource *const *catalog_resources(size_t *count);

/* Statuses with which the API says that what was asked for is done; 0 ends them. */
extern const int catalog_done_statuses[];

/* Position of a column in resource->columns, or -1 (also for a NULL name). */
int catalog_column_index(const catalog_resource *resource, const char *name);

/* The columns of a resource, a bit each, that tell how many rows the lists under it have. */
uint64_t catalog_counts(const catalog_resource *resource);

/* Largest PageSize of the resource's list in that version; 0 where it has no list. */
int catalog_page_max(const catalog_resource *resource, unsigned version);

/* The generation of that bit, which there must be. */
const catalog_generation *catalog_generation_of(unsigned version);

/* The bit of the generation that api_version calls so; 0: there is none. */
unsigned catalog_version_named(const char *name);

/*
** The generations that can be chosen instead of that one without going to another service: those of the same host, itself
** among them.
*/
unsigned catalog_versions_of_host(unsigned version);

/* The generations whose calls come beside those of that one. */
unsigned catalog_versions_beside(unsigned version);

/* What that version calls a segment of an address or a parent's column; the text itself where it says nothing else. */
const char *catalog_word_in(unsigned version, const char *ours);

/*
** The name of a column, or of the list (ours: resource->list_key), in the resource's JSON of that version; of a column inside
** an object "messaging_binding.address".
*/
const char *catalog_json_name(const catalog_resource *resource, const char *ours, unsigned version);

/* What every list of the resource asks for in that version, or NULL. */
const char *catalog_list_query(const catalog_resource *resource, unsigned version);

/* The text that a column (NULL: none) always has in that version, or NULL. */
const char *catalog_constant(const catalog_resource *resource, const char *column, unsigned version);

/* The part of a row that a column comes from in that version; NULL: the row itself. */
const catalog_resource *catalog_part(const catalog_resource *resource, const char *column, unsigned version);

/*
** Why that version lacks a column (NULL: the table), or a leaf of it ("notifications.invited_to_channel.enabled"), or cannot
** write it, and what to do. NULL: nothing is known.
*/
const char *catalog_reason(const catalog_resource *resource, const char *column, unsigned version);

/* What they call a text of ours; NULL: it is told as it is. values may be NULL. */
const char *catalog_value_theirs(const catalog_value *values, const char *text, size_t length);

/* The versions in which its rows can be read: by its list, as the single one, or, where none has a list, one by one. */
unsigned catalog_readable(const catalog_resource *resource);

/* Has the version no list of it, so that its rows can only be asked for one by one, by parents and key? */
bool catalog_is_unlisted(const catalog_resource *resource, unsigned version);

/* Number of ancestors: 0 for services, 2 for messages. At most CATALOG_MAX_PARENTS. */
int catalog_depth(const catalog_resource *resource);

/* The topmost ancestor, or the resource itself without one: services for all but credentials. */
const catalog_resource *catalog_root(const catalog_resource *resource);

/* Does a filter take the place of what is sent with every list? */
bool catalog_replaces(const catalog_resource *resource, const catalog_filter *filter);

/* Is it a service, or does it hang under one? Else it is the account's. */
bool catalog_is_of_service(const catalog_resource *resource);

/* The service's own row, or what each service has one of, that tells of that column in the version; NULL: neither does. */
const catalog_resource *catalog_teller(const catalog_resource *resource, const char *column, unsigned version);

/* Does another resource hang under it? */
bool catalog_is_parent(const catalog_resource *resource);

/* Does one hang under it, at any depth, whose rows tell of persons? */
bool catalog_holds_persons(const catalog_resource *resource);

/* "v1", "v1 and v2", "v1, v2 and v3", ... for messages and chat_columns, written into text; returns text. */
enum { CATALOG_VERSIONS_SIZE = 100 };
const char *catalog_versions_text(unsigned versions, char text[static CATALOG_VERSIONS_SIZE]);

#endif
