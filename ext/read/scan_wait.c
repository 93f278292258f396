/* What a scan does while it waits; see scan_wait.h. */
#include "read/scan_wait.h"

#include "read/recall_instead.h"
#include "read/scan_beyond.h"
#include "read/scan_foreseen.h"
#include "read/scan_later.h"
#include "read/scan_mentioned.h"
#include "read/scan_rows.h"
#include "read/scan_sought.h"

static void scan_wait_pump_ahead(scan *target) {
    if (target->ahead) {
        readahead_pump(target->ahead);
    }
    for (size_t i = 0; i < SCAN_BESIDES && target->beside[i]; i++) {
        readahead_pump(target->beside[i]);
    }
}

/* What is wrong with them shows when they are reached. */
void scan_wait_beside(look *view) {
    error ignored = {0};
    recall_instead_pump(view);
    scan_later_pump(view);
    for (scan *each = *look_scans(view); each; each = each->next) {
        scan_wait_pump_ahead(each);
        scan_rows_pump_beside(each, &ignored);
    }
    error_clear(&ignored);
}

void scan_wait_pump(scan *target, error *problem) {
    scan_rows_pump(target, problem);
    scan_wait_pump_ahead(target);
    scan_mentioned_pump(target, problem);
}

void scan_wait_not(scan *target, error *problem) {
    connection *shared = look_connection(target->view);
    client_poll(shared->client, problem);
    scan_wait_pump(target, problem);
    connection_show_progress(shared);
}

void scan_wait_here(scan *target, error *problem) {
    const connection *shared = look_connection(target->view);
    reading_asks_anew(shared);
    scan_wait_pump(target, problem);
    scan_sought_again(target, problem);
    scan_beyond_again(target, problem);
    scan_foreseen_begin(target, problem);
    scan_rows_tell(target);
    target->waits = true;
    look_wait(target->view, problem);
    target->waits = false;
}
