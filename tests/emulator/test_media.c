/*
** Media: what the third port says of them, and their bytes from the temporary address.
*/
#include "test_client.h"

#include <time.h>

typedef struct {
    char media[64], content[64]; /* origins */
    char service[35], channel[35], message[35], sid[35];
    int64_t size;
} attached;

static attached found;

/* Goes through all messages until one of that rank has an attachment. */
static bool find_in(const char *service, int *rank) {
    char path[256];
    snprintf(path, sizeof path, "/v2/Services/%s/Channels?Type=public&Type=private", service);
    json_t *channels = client_list("channels", path), *channel, *message;
    size_t at, inner;
    bool done = false;
    json_array_foreach(channels, at, channel) {
        snprintf(path, sizeof path, "/v2/Services/%s/Channels/%s/Messages?PageSize=100", service,
                 client_text(channel, "sid"));
        json_t *messages = client_list("messages", path);
        json_array_foreach(messages, inner, message) {
            const json_t *media = json_object_get(message, "media");
            if (!done && json_is_object(media) && (*rank)-- == 0) {
                snprintf(found.service, sizeof found.service, "%s", service);
                snprintf(found.channel, sizeof found.channel, "%s", client_text(channel, "sid"));
                snprintf(found.message, sizeof found.message, "%s", client_text(message, "sid"));
                snprintf(found.sid, sizeof found.sid, "%s", client_text(media, "sid"));
                found.size = json_integer_value(json_object_get(media, "size"));
                done = true;
            }
        }
        json_decref(messages);
    }
    json_decref(channels);
    return done;
}

static void find_attached(int rank) {
    json_t *services = client_list("services", "/v2/Services"), *service;
    size_t at;
    bool done = false;
    json_array_foreach(services, at, service) {
        done = done || find_in(client_text(service, "sid"), &rank);
    }
    json_decref(services);
    assert_true(done);
}

static int start(void **state) {
    static const char *const options[] = {"--messages", "3000", "--media-bytes", "3000", "--write-limit", "0", NULL};
    (void)state;
    client_start(options);
    client_get(200, "/__control/ports");
    snprintf(found.media, sizeof found.media, "%s", answer_text("media"));
    snprintf(found.content, sizeof found.content, "%s", answer_text("content"));
    return 0;
}

static int stop(void **state) {
    (void)state;
    client_stop();
    return 0;
}

static const char *temporary_of(const char *service, const char *sid) {
    static char url[512];
    client_get(200, "%s/v1/Services/%s/Media/%s", found.media, service, sid);
    snprintf(url, sizeof url, "%s", client_text(json_object_get(test.json, "links"), "content_direct_temporary"));
    assert_int_equal(strncmp(url, found.content, strlen(found.content)), 0);
    return url;
}

static void what_is_attached_to_a_message_is_told_and_given(void **state) {
    (void)state;
    for (int rank = 0; rank < 5; rank++) {
        find_attached(rank);
        const char *url = temporary_of(found.service, found.sid);
        assert_string_equal(answer_text("sid"), found.sid);
        assert_string_equal(answer_text("service_sid"), found.service);
        assert_string_equal(answer_text("channel_sid"), found.channel);
        assert_string_equal(answer_text("message_sid"), found.message);
        assert_int_equal(answer_number("size"), found.size);
        assert_true(found.size < 3000);
        char type[64];
        snprintf(type, sizeof type, "Content-Type: %s\r\n", answer_text("content_type"));
        test.credentials = NULL;
        client_get(200, "%s", url);
        test.credentials = KEY;
        assert_int_equal(test.length, found.size);
        assert_non_null(strstr(test.headers, type));
    }
}

static void the_bytes_are_the_same_every_time(void **state) {
    (void)state;
    find_attached(3);
    char first[4096];
    test.credentials = NULL;
    for (int round = 0; round < 2; round++) {
        test.credentials = KEY;
        const char *url = temporary_of(found.service, found.sid);
        test.credentials = NULL;
        client_get(200, "%s", url);
        assert_int_equal(test.length, found.size);
        if (round == 0) {
            memcpy(first, test.text, test.length);
        } else {
            assert_memory_equal(first, test.text, test.length);
        }
    }
    test.credentials = KEY;
}

static void who_signs_in_at_the_temporary_address_is_refused(void **state) {
    (void)state;
    find_attached(0);
    client_get(400, "%s", temporary_of(found.service, found.sid));
    test.credentials = "x:y";
    client_get(400, "%s/%s", found.content, found.sid);
    test.credentials = KEY;
}

static void a_signature_is_for_one_address_and_for_a_time(void **state) {
    (void)state;
    find_attached(0);
    char url[512], *expires;
    snprintf(url, sizeof url, "%s", temporary_of(found.service, found.sid));
    expires = strstr(url, "Expires=");
    assert_non_null(expires);
    int64_t left = strtoll(expires + 8, NULL, 10) - time(NULL);
    assert_in_range(left, 200, 301);
    test.credentials = NULL;
    expires[8] = '2'; /* later */
    client_get(403, "%s", url);
    assert_non_null(strstr(test.text, "AccessDenied"));
    expires[8] = '0'; /* long ago */
    client_get(403, "%s", url);
    client_get(403, "%s/%s", found.content, found.sid);
    client_get(403, "%s/", found.content);
    test.credentials = KEY;
}

static void what_is_not_there(void **state) {
    (void)state;
    find_attached(0);
    client_get(404, "%s/v1/Services/%s/Media/ME00000000000000000000000000000000", found.media, found.service);
    client_get(404, "%s/v1/Services/IS00000000000000000000000000000000/Media/%s", found.media, found.sid);
    client_get(404, "%s/v1/Services/%s/Media/%s/Content", found.media, found.service, found.sid);
    client_get(405, "%s/v1/Services/%s/Media", found.media, found.service);
    test.credentials = NULL;
    client_get(401, "%s/v1/Services/%s/Media/%s", found.media, found.service, found.sid);
    test.credentials = KEY;
}

static void it_goes_with_its_message(void **state) {
    char path[256];
    (void)state;
    find_attached(1);
    snprintf(path, sizeof path, "/v2/Services/%s/Channels/%s/Messages/%s", found.service, found.channel, found.message);
    client_post(200, path, "Attributes={}");
    temporary_of(found.service, found.sid); /* an edited one still has it */
    assert_int_equal(client_send("DELETE", path, NULL), 204);
    client_get(404, "%s/v1/Services/%s/Media/%s", found.media, found.service, found.sid);
}

static void an_upload_is_taken_by_a_message(void **state) {
    char path[256], form[64], sid[35], url[512];
    (void)state;
    find_attached(0);
    snprintf(path, sizeof path, "%s/v1/Services/%s/Media?Filename=a%%20b", found.media, found.service);
    client_post(201, path, "raw=bytes");
    snprintf(sid, sizeof sid, "%s", answer_text("sid"));
    assert_int_equal(answer_number("size"), 9);
    assert_string_equal(answer_text("filename"), "a b");
    assert_null(client_text(json_object_get(test.json, "links"), "content_direct_temporary"));
    snprintf(url, sizeof url, "%s", temporary_of(found.service, sid));
    assert_true(json_is_null(json_object_get(test.json, "message_sid")));
    test.credentials = NULL;
    client_get(200, "%s", url);
    assert_string_equal(test.text, "raw=bytes");
    test.credentials = KEY;
    snprintf(path, sizeof path, "/v2/Services/%s/Channels/%s/Messages", found.service, found.channel);
    snprintf(form, sizeof form, "MediaSid=%s", sid);
    client_post(201, path, form);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(test.json, "media"), "size")), 9);
    char message[35];
    snprintf(message, sizeof message, "%s", answer_text("sid"));
    temporary_of(found.service, sid);
    assert_string_equal(answer_text("message_sid"), message);
}

static void faults_work_there_too(void **state) {
    (void)state;
    find_attached(0);
    client_post(200, "/__control/fault", "port=content&action=status&status=403");
    const char *url = temporary_of(found.service, found.sid);
    test.credentials = NULL;
    client_get(403, "%s", url);
    client_get(200, "%s", url);
    test.credentials = KEY;
}

int main(int argc, char **argv) {
    (void)argc;
    client_find_program(argv[0]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_attached_to_a_message_is_told_and_given),
        cmocka_unit_test(the_bytes_are_the_same_every_time),
        cmocka_unit_test(who_signs_in_at_the_temporary_address_is_refused),
        cmocka_unit_test(a_signature_is_for_one_address_and_for_a_time),
        cmocka_unit_test(what_is_not_there),
        cmocka_unit_test(it_goes_with_its_message),
        cmocka_unit_test(an_upload_is_taken_by_a_message),
        cmocka_unit_test(faults_work_there_too),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, start, stop);
}
