/*
 * The SDK against the emulator. It knows no other hosts than the vendor's, so its HTTP client is told to go to the
 * emulator's ports instead and does everything else as ever. Pages name the host that was asked, so those need no change.
 */
'use strict';

const twilio = require('twilio');
const { account, key } = require('./emulator');

class EmulatorClient extends twilio.RequestClient {
    constructor(ports, options) {
        super(options);
        this.origins = new Map(Object.entries(ports).flatMap(([name, url]) =>
            [[`${name}.twilio.com`, new URL(url)], [new URL(url).host, new URL(url)]]));
        this.count = 0;
    }

    request(options) {
        const url = new URL(options.uri);
        const origin = this.origins.get(url.host);
        if (!origin) {
            throw new Error(`The SDK was sent to ${url.host}`);
        }
        url.protocol = origin.protocol;
        url.host = origin.host;
        this.count++;
        return super.request({ ...options, uri: url.href });
    }
}

/* A client of the SDK. as: [user, password] as the SDK takes them; http: options of its HTTP client. */
function connect(emulator, { as = [key.sid, key.secret], http = {} } = {}) {
    const httpClient = new EmulatorClient(emulator.ports, http);
    return twilio(...as, { accountSid: account.sid, httpClient });
}

/* How many requests act() makes. */
async function requestsOf(client, act) {
    const before = client.httpClient.count;
    await act();
    return client.httpClient.count - before;
}

module.exports = { connect, requestsOf, RestException: twilio.RestException };
