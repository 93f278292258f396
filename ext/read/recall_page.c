/* Where rows of a recalled list are; see recall_inside.h. */
#include "read/recall_inside.h"

const recall_page *recall_page_of(const recall *list, size_t number) {
    size_t low = 0, high = list->page_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (list->pages[middle].first <= number) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &list->pages[low];
}

const recall_page *recall_page_near(const recall *list, size_t number, size_t *latest) {
    size_t after = *latest + 1;
    bool same = *latest < list->page_count && list->pages[*latest].first <= number &&
                (after == list->page_count || number < list->pages[after].first);
    if (!same) {
        *latest = (size_t)(recall_page_of(list, number) - list->pages);
    }
    return &list->pages[*latest];
}
