/* The word lists of text.c: data only. X(literal) lists string literals, so that those with NUL keep their length. */
#ifndef EMULATOR_TEXT_WORDS_H
#define EMULATOR_TEXT_WORDS_H

/* Texts that break naive programs, each used alone as a body and now and then inside one. */
#define TEXT_AWKWARD(X)                                                                                                \
    X("it's")                                                                                                          \
    X("\"quoted\"")                                                                                                    \
    X("''")                                                                                                            \
    X("'; DROP TABLE messages; --")                                                                                    \
    X("line one\nline two")                                                                                            \
    X("carriage\rreturn")                                                                                              \
    X("both\r\nends\r\n")                                                                                              \
    X("tab\there")                                                                                                     \
    X("\xF0\x9F\x98\x80")                                                                                              \
    X("family \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7")                               \
    X("e\xCC\x81 combining, \xC3\xA9 composed")                                                                        \
    X("\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xD7\xA2\xD7\x95\xD7\x9C\xD7\x9D")                                             \
    X("\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7")                                                                      \
    X("\xE2\x80\xAEreversed\xE2\x80\xAC")                                                                              \
    X("back\\slash \\n \\u0041")                                                                                       \
    X("100%")                                                                                                          \
    X("100_percent")                                                                                                   \
    X("%_%")                                                                                                           \
    X("nul\0inside")                                                                                                   \
    X("\0")                                                                                                            \
    X("  leading")                                                                                                     \
    X("trailing  ")                                                                                                    \
    X(" ")                                                                                                             \
    X("12")                                                                                                            \
    X("012")                                                                                                           \
    X("12.0")                                                                                                          \
    X("1.0")                                                                                                           \
    X("1e3")                                                                                                           \
    X("-0")                                                                                                            \
    X("0x10")                                                                                                          \
    X(" 12")                                                                                                           \
    X("+5")                                                                                                            \
    X(".5")                                                                                                            \
    X("9223372036854775807")                                                                                           \
    X("9223372036854775808")                                                                                           \
    X("1e400")                                                                                                         \
    X("NULL")                                                                                                          \
    X("null")                                                                                                          \
    X("true")                                                                                                          \
    X("Hello")                                                                                                         \
    X("hello")                                                                                                         \
    X("HELLO")                                                                                                         \
    X("\xC3\x85NGSTR\xC3\x96M")                                                                                        \
    X("\xC3\xA5ngstr\xC3\xB6m")                                                                                        \
    X("\xEF\xAC\x81 \xC4\xB0 \xC3\x9F")                                                                                \
    X("\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E")                                                                          \
    X("\x01\x1F\x7F")                                                                                                  \
    X("\xEF\xBB\xBFmarked")                                                                                            \
    X("\xE2\x80\xA8separator")                                                                                         \
    X("a,b;c")                                                                                                         \
    X("=SUM(A1:A9)")                                                                                                   \
    X("{}")                                                                                                            \
    X("[]")                                                                                                            \
    X("{\"a\":1}")                                                                                                     \
    X("<b>&amp;</b>")                                                                                                  \
    X("2020-02-30T25:00:00Z")                                                                                          \
    X("IM00000000000000000000000000000000")                                                                            \
    X("\xF4\x8F\xBF\xBD")

/* Plain words of awkward data's ordinary bodies. */
#define TEXT_PLAIN(X)                                                                                                  \
    X("order ")                                                                                                        \
    X("invoice ")                                                                                                      \
    X("please ")                                                                                                       \
    X("check ")                                                                                                        \
    X("the ")                                                                                                          \
    X("build ")                                                                                                        \
    X("again ")                                                                                                        \
    X("later ")                                                                                                        \
    X("today ")                                                                                                        \
    X("we ")                                                                                                           \
    X("should ")                                                                                                       \
    X("ship ")                                                                                                         \
    X("Monday ")                                                                                                       \
    X("customer ")                                                                                                     \
    X("asked ")                                                                                                        \
    X("about ")                                                                                                        \
    X("price ")                                                                                                        \
    X("refund ")                                                                                                       \
    X("window ")                                                                                                       \
    X("yellow ")                                                                                                       \
    X("deploy ")                                                                                                       \
    X("server ")                                                                                                       \
    X("is ")                                                                                                           \
    X("not ")                                                                                                          \
    X("responding ")                                                                                                   \
    X("caf\xC3\xA9 ")                                                                                                  \
    X("na\xC3\xAFve ")                                                                                                 \
    X("don't ")                                                                                                        \
    X("\"maybe\" ")                                                                                                    \
    X("42 ")                                                                                                           \
    X("ok ")                                                                                                           \
    X("\xF0\x9F\x91\x8D ")

#define TEXT_TIDY_BODIES(X)                                                                                            \
    X("Good morning, everyone!")                                                                                       \
    X("The new release is out.")                                                                                       \
    X("Can someone look at order 1042?")                                                                               \
    X("Thanks, that worked.")                                                                                          \
    X("I'm on it.")                                                                                                    \
    X("My parcel has not arrived yet.")                                                                                \
    X("We shipped it yesterday; it should be there tomorrow.")                                                         \
    X("Lunch at noon?")                                                                                                \
    X("The build is green again.")                                                                                     \
    X("Please review my pull request.")                                                                                \
    X("Meeting moved to 3 pm.")                                                                                        \
    X("Could you send me the invoice?")                                                                                \
    X("Done. Anything else?")                                                                                          \
    X("That answers my question, thank you.")                                                                          \
    X("Has anyone seen the error on the login page?")                                                                  \
    X("Fixed in version 2.4.1.")                                                                                       \
    X("Happy birthday! \xF0\x9F\x8E\x82")                                                                              \
    X("See you on Monday.")                                                                                            \
    X("I would like a refund, please.")                                                                                \
    X("The refund is on its way.")                                                                                     \
    X("Great work, team!")                                                                                             \
    X("Who is on call this week?")                                                                                     \
    X("Welcome to the channel!")                                                                                       \
    X("The numbers look better than last month.")

#define TEXT_ATTRIBUTES(X)                                                                                             \
    X("{}")                                                                                                            \
    X("{\"topic\":\"sales\",\"priority\":3}")                                                                          \
    X("{\"topic\":\"support\",\"priority\":1,\"open\":true}")                                                          \
    X("{ \"foo\": \"bar\" }")                                                                                          \
    X("{\"a\":{\"b\":[1,2,{\"c\":null}]},\"tags\":[\"x\",\"y\"]}")                                                     \
    X("{\"\xE5\x90\x8D\xE5\x89\x8D\":\"\xE5\x80\xA4\",\"emoji\":\"\xF0\x9F\x98\x80\",\"escaped\":\"\\ud83d\\ude00\"}") \
    X("[1,2,3]")                                                                                                       \
    X("[]")                                                                                                            \
    X("42")                                                                                                            \
    X("\"text\"")                                                                                                      \
    X("null")                                                                                                          \
    X("true")                                                                                                          \
    X("{\"priority\":\"3\"}")                                                                                          \
    X("{\"big\":12345678901234567890,\"float\":1.5e10,\"negative\":-0}")                                               \
    X("{\"quote\":\"it's \\\"x\\\" \\\\ \\u0000\",\"line\":\"a\\nb\"}")                                                \
    X("{\"a\":1,\"a\":2}")                                                                                             \
    X("{\n  \"indented\": {\n    \"deep\": [ [ [ ] ] ]\n  }\n}")

#define TEXT_TIDY_ATTRIBUTES(X)                                                                                        \
    X("{\"topic\":\"sales\",\"priority\":1}")                                                                          \
    X("{\"topic\":\"support\",\"priority\":2}")                                                                        \
    X("{\"topic\":\"support\",\"priority\":3}")                                                                        \
    X("{\"topic\":\"team\",\"priority\":3}")

/* Identities that a plain "user n" does not cover. Unique, case variants wanted. */
#define TEXT_IDENTITIES(X)                                                                                             \
    X("Alice")                                                                                                         \
    X("alice")                                                                                                         \
    X("ALICE")                                                                                                         \
    X("bob@example.com")                                                                                               \
    X("Bob@Example.com")                                                                                               \
    X("carol+tag@example.org")                                                                                         \
    X("O'Brien")                                                                                                       \
    X("\"quoted\"")                                                                                                    \
    X("user with spaces")                                                                                              \
    X("12")                                                                                                            \
    X("012")                                                                                                           \
    X("1.0")                                                                                                           \
    X("1e3")                                                                                                           \
    X("100%")                                                                                                          \
    X("a_b")                                                                                                           \
    X("slash/inside")                                                                                                  \
    X("hash#tag")                                                                                                      \
    X("question?mark")                                                                                                 \
    X("amp&equals=1")                                                                                                  \
    X("plus+plus")                                                                                                     \
    X("semi;colon,comma")                                                                                              \
    X("\xE3\x83\xA6\xE3\x83\xBC\xE3\x82\xB6\xE3\x83\xBC")                                                              \
    X("\xC3\x85sa")                                                                                                    \
    X("\xC3\xA5sa")                                                                                                    \
    X("\xF0\x9F\xA6\x8A")                                                                                              \
    X("trailing ")                                                                                                     \
    X("trailing")                                                                                                      \
    X("null")                                                                                                          \
    X("%41lice")                                                                                                       \
    X("back\\slash")

/* Unique names of channels, likewise. */
#define TEXT_UNIQUE_NAMES(X)                                                                                           \
    X("general")                                                                                                       \
    X("General")                                                                                                       \
    X("GENERAL")                                                                                                       \
    X("with space")                                                                                                    \
    X("hash#tag")                                                                                                      \
    X("hash")                                                                                                          \
    X("percent%41")                                                                                                    \
    X("100%")                                                                                                          \
    X("question?mark")                                                                                                 \
    X("plus+plus")                                                                                                     \
    X("plus plus")                                                                                                     \
    X("amp&equals=1")                                                                                                  \
    X("slash/inside")                                                                                                  \
    X("a.b")                                                                                                           \
    X(".")                                                                                                             \
    X("..")                                                                                                            \
    X("it's")                                                                                                          \
    X("\"quoted\"")                                                                                                    \
    X("12")                                                                                                            \
    X("012")                                                                                                           \
    X("1.0")                                                                                                           \
    X("1e3")                                                                                                           \
    X("trailing ")                                                                                                     \
    X("trailing")                                                                                                      \
    X(" leading")                                                                                                      \
    X("\xE6\x97\xA5\xE6\x9C\xAC")                                                                                      \
    X("\xF0\x9F\x98\x80")                                                                                              \
    X("CH1234")                                                                                                        \
    X("CHaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaag")                                                                            \
    X("Messages")                                                                                                      \
    X("a_b")                                                                                                           \
    X("back\\slash")                                                                                                   \
    X("semi;colon,comma")                                                                                              \
    X("new\nline")

#define TEXT_TIDY_CHANNELS(X)                                                                                          \
    X("general")                                                                                                       \
    X("support")                                                                                                       \
    X("random")                                                                                                        \
    X("sales")                                                                                                         \
    X("engineering")                                                                                                   \
    X("announcements")                                                                                                 \
    X("design")                                                                                                        \
    X("billing")                                                                                                       \
    X("onboarding")                                                                                                    \
    X("incidents")                                                                                                     \
    X("travel")                                                                                                        \
    X("feedback")

#define TEXT_TIDY_PEOPLE(X)                                                                                            \
    X("Ada Lovelace")                                                                                                  \
    X("Grace Hopper")                                                                                                  \
    X("Alan Turing")                                                                                                   \
    X("Edsger Dijkstra")                                                                                               \
    X("Barbara Liskov")                                                                                                \
    X("Donald Knuth")                                                                                                  \
    X("Frances Allen")                                                                                                 \
    X("John McCarthy")                                                                                                 \
    X("Margaret Hamilton")                                                                                             \
    X("Dennis Ritchie")                                                                                                \
    X("Radia Perlman")                                                                                                 \
    X("Tony Hoare")                                                                                                    \
    X("Karen Jones")                                                                                                   \
    X("Niklaus Wirth")                                                                                                 \
    X("Lynn Conway")                                                                                                   \
    X("Ken Thompson")

#define TEXT_TIDY_SERVICES(X)                                                                                          \
    X("Acme Support")                                                                                                  \
    X("Acme Team")                                                                                                     \
    X("Acme Shop")

#endif
