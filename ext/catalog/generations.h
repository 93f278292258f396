/*
** The generations of the API as bits, for the data of the catalogue alone: the rest of the code knows sets of them as masks
** and asks catalog.h what they are.
**
** How to add a generation: give it a bit here and a row in generations.c, and say in each resource's data what it has
** in it.
*/
#ifndef CHAT_CATALOG_GENERATIONS_H
#define CHAT_CATALOG_GENERATIONS_H

enum {
    CATALOG_V1 = 1,
    CATALOG_V2 = 2,
    CATALOG_V3 = 4,
    CATALOG_CONVERSATIONS = 8,
    CATALOG_V1_V2 = CATALOG_V1 | CATALOG_V2,
    CATALOG_V2_V3 = CATALOG_V2 | CATALOG_V3,
    CATALOG_SINCE_V1 = CATALOG_V1 | CATALOG_V2 | CATALOG_CONVERSATIONS, /* what has outlived Programmable Chat */
    CATALOG_SINCE_V2 = CATALOG_V2 | CATALOG_CONVERSATIONS,
    CATALOG_ALL_VERSIONS = CATALOG_V1 | CATALOG_V2 | CATALOG_V3, /* of Programmable Chat */
};

#endif
