/* The version, in its one place. */
#ifndef CHAT_VERSION_H
#define CHAT_VERSION_H

#define CHAT_VERSION "0.3.0"

#endif
