/* What a plan's slots are about; see plan.h. */
#include "plan/plan.h"

bool plan_is_filter(plan_slot slot) {
    return slot >= SLOT_FILTER0 && slot < SLOT_FILTER0 + CATALOG_MAX_FILTERS;
}

const catalog_filter *plan_filter(const catalog_resource *resource, plan_slot slot) {
    return &resource->filters[slot - SLOT_FILTER0];
}

bool plan_is_parent(plan_slot slot) {
    return slot >= SLOT_PARENT0 && slot < SLOT_PARENT0 + CATALOG_MAX_PARENTS;
}

const catalog_resource *plan_ancestor(const catalog_resource *resource, int depth) {
    const catalog_resource *each = resource->parent;
    while (each && catalog_depth(each) != depth) {
        each = each->parent;
    }
    return each;
}

/* The column that holds the SID of the ancestor at a depth. */
static int plan_parent_column(const catalog_resource *resource, int depth) {
    const catalog_resource *ancestor = plan_ancestor(resource, depth);
    for (const catalog_resource *each = resource; ancestor && each; each = each->parent) {
        if (each->parent == ancestor) {
            return catalog_column_index(resource, each->parent_column);
        }
    }
    return -1;
}

int plan_slot_column(const catalog_resource *resource, plan_slot slot) {
    switch (slot) {
    case SLOT_PATH:
        return (int)resource->column_count;
    case SLOT_KEY:
        return catalog_column_index(resource, resource->key_column);
    case SLOT_NAME:
        return catalog_column_index(resource, resource->name_column);
    case SLOT_PARENT0:
    case SLOT_PARENT1:
    case SLOT_PARENT2:
        return plan_parent_column(resource, (int)slot - SLOT_PARENT0);
    case SLOT_FILTER0:
    case SLOT_FILTER1:
    case SLOT_FILTER2:
    case SLOT_FILTER3:
        return catalog_column_index(resource, plan_filter(resource, slot)->column);
    case SLOT_EQUAL:
    case SLOT_AFTER:
    case SLOT_FROM:
    case SLOT_BEFORE:
    case SLOT_UP_TO:
        return catalog_column_index(resource, resource->order_column);
    case SLOT_LIMIT:
    case SLOT_OFFSET:
    case SLOT_COUNT:
        break;
    }
    return -1;
}
