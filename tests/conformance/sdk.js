/*
 * The SDK against the emulator. It knows no other host than the vendor's, so its HTTP client is told to go to the
 * emulator instead and does everything else as ever. Pages name the host that was asked, so those need no change.
 */
'use strict';

const twilio = require('twilio');
const { account, key } = require('./emulator');

class EmulatorClient extends twilio.RequestClient {
    constructor(url, options) {
        super(options);
        this.origin = new URL(url);
        this.count = 0;
    }

    request(options) {
        const url = new URL(options.uri);
        if (url.host !== 'chat.twilio.com' && url.host !== this.origin.host) {
            throw new Error(`The SDK was sent to ${url.host}`);
        }
        url.protocol = this.origin.protocol;
        url.host = this.origin.host;
        this.count++;
        return super.request({ ...options, uri: url.href });
    }
}

/* A client of the SDK. as: [user, password] as the SDK takes them; http: options of its HTTP client. */
function connect(emulator, { as = [key.sid, key.secret], http = {} } = {}) {
    const httpClient = new EmulatorClient(emulator.url, http);
    return twilio(...as, { accountSid: account.sid, httpClient });
}

/* How many requests act() makes. */
async function requestsOf(client, act) {
    const before = client.httpClient.count;
    await act();
    return client.httpClient.count - before;
}

module.exports = { connect, requestsOf, RestException: twilio.RestException };
