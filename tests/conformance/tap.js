/* TAP for Node: check() each statement of the test, end() when all have been awaited. */
'use strict';

let count = 0;
let failures = 0;

/* Passes if act() returns or resolves; what it throws is the reason of the failure. Checks run one after another. */
async function check(name, act) {
    count++;
    try {
        await act();
        console.log(`ok ${count} - ${name}`);
    } catch (problem) {
        failures++;
        console.log(`not ok ${count} - ${name}`);
        const text = problem instanceof Error ? `${problem.stack}` : `${problem}`;
        console.log(text.split('\n').slice(0, 60).map((line) => `# ${line}`).join('\n'));
    }
}

function end() {
    console.log(`1..${count}`);
    process.exitCode = failures ? 1 : 0;
}

/* Runs a test's main function: what escapes it leaves the plan out, which counts as a failure. */
function run(main) {
    main().then(end, (problem) => {
        console.error(problem);
        process.exit(1); /* connections and emulators may still be open */
    });
}

module.exports = { check, run };
