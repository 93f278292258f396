/* A plan for people: what EXPLAIN QUERY PLAN shows of it. */
#ifndef CHAT_PLAN_TEXT_H
#define CHAT_PLAN_TEXT_H

#include "base/buffer.h"
#include "plan/plan.h"

/* Writes the plan: "GET Services/{service_sid}/Channels/{channel_sid}/Messages Order=desc". */
void plan_text_describe(const plan_question *question, const plan *made, buffer *text);

#endif
