/* The spread of generated data: see layout.h. */
#include "layout.h"

#include "buffer.h"
#include "random.h"

#include <stdlib.h>

static int64_t layout_positive(int64_t value) {
    return value > 0 ? value : 0;
}

/* Of what is left, each service takes three fifths and the last filled one the rest. */
static int64_t layout_take(int64_t left, bool last) {
    return last ? left : (left * 3 + 4) / 5;
}

static void layout_make_services(layout *self) {
    int64_t count = self->data.services;
    int64_t filled = !self->data.tidy && count >= 3 ? count - 1 : count;
    int64_t channel = 0, user = 0;
    for (int64_t position = 0; position < count; position++) {
        layout_service *service = &self->services[position];
        bool used = position < filled;
        service->first_channel = channel;
        service->first_user = user;
        service->channels = used ? layout_take(self->data.channels - channel, position == filled - 1) : 0;
        service->users = used ? layout_take(self->data.users - user, position == filled - 1) : 0;
        channel += service->channels;
        user += service->users;
        for (int64_t at = service->first_channel; at < channel; at++) {
            self->channel_service[at] = (int)position;
        }
    }
}

static double layout_weight(const layout *self, int64_t channel) {
    bool empty = !self->data.tidy && random_at((uint64_t)self->data.seed ^ 0x77, (uint64_t)channel) % 6 == 0;
    return channel > 0 && !empty ? 1.0 / (double)(channel + 2) : 0;
}

static void layout_make_messages(layout *self) {
    int64_t count = self->data.channels, left = self->data.messages;
    double sum = 0;
    for (int64_t channel = 0; channel < count; channel++) {
        sum += layout_weight(self, channel);
    }
    for (int64_t channel = count - 1; channel > 0; channel--) {
        double share = self->data.spread == SPREAD_EVEN ? 1.0 / (double)count
                       : sum > 0                        ? layout_weight(self, channel) / sum / 2
                                                        : 0;
        self->messages[channel] = (int64_t)((double)self->data.messages * share);
        left -= self->messages[channel];
    }
    if (count) {
        self->messages[0] = left;
    }
}

void layout_make(layout *self, const options_data *data) {
    *self = (layout){.data = *data};
    self->data.services = layout_positive(data->services);
    self->data.channels = self->data.services ? layout_positive(data->channels) : 0;
    self->data.users = self->data.services ? layout_positive(data->users) : 0;
    self->data.messages = layout_positive(data->messages);
    self->services = buffer_allocate((size_t)self->data.services * sizeof *self->services);
    self->messages = buffer_allocate((size_t)self->data.channels * sizeof *self->messages);
    self->channel_service = buffer_allocate((size_t)self->data.channels * sizeof *self->channel_service);
    layout_make_services(self);
    layout_make_messages(self);
}

void layout_free(layout *self) {
    free(self->services);
    free(self->messages);
    free(self->channel_service);
    *self = (layout){0};
}
