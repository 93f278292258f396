/* What people read: differing queries, answers, plans, requests; all as TAP comments on standard output. */
#ifndef DIFFERENTIAL_REPORT_H
#define DIFFERENTIAL_REPORT_H

#include "session.h"

/* The query's text, parameters, planner variations and the options that run it again. */
void report_query(const session *s, const query *q, uint64_t number);

/* report_query, what differs, and the subject's plan. */
void report_difference(const session *s, const query *q, uint64_t number, const char *difference);

/* The first rows of an answer. */
void report_answer(const char *title, const answer *a);

/* The requests in chat_requests that are newer than those of the last query but one. */
void report_requests(const session *s);

/* Notes the query's plans on virtual tables in s->plans. */
void report_plan(const session *s, const query *q);

/* A database for report_plan; NULL without memory. */
sqlite3 *report_open_plans(void);

/* Prints how many different plans were noted; all of them if listed. */
void report_plans(sqlite3 *plans, bool listed);

#endif
