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

size_t recall_page_end(const recall *list, const recall_page *of) {
    size_t after = (size_t)(of - list->pages) + 1;
    return after < list->page_count ? list->pages[after].first : list->count;
}

bool recall_page_look_at(const recall_page *of, recall_sight *sight, size_t number, size_t *at, error *problem) {
    return recall_sight_at(sight, of->entry, of->row + (number - of->first), at, problem);
}

const recall_page *recall_page_near(const recall *list, size_t number, size_t *latest) {
    bool same = *latest < list->page_count && list->pages[*latest].first <= number &&
                number < recall_page_end(list, &list->pages[*latest]);
    if (!same) {
        *latest = (size_t)(recall_page_of(list, number) - list->pages);
    }
    return &list->pages[*latest];
}
