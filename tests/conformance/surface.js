/*
 * What the SDK has for a product, found in the SDK: its modules and their classes by reflection, parameters and fields by
 * its type definitions. Everything here is derived, so that a newer SDK with more brings more to test. What this module
 * exports is about chat; describe('conversations') gives the same about another product.
 *
 * watch() must come before the first client is made: it puts a note-taker around every function of every class.
 */
'use strict';

const fs = require('fs');
const path = require('path');

const products = path.join(path.dirname(require.resolve('twilio/package.json')), 'lib/rest');
const operationOf = {
    ContextUpdate: 'update',
    ContextRemove: 'remove',
    ListInstanceCreate: 'create',
    ListInstancePage: 'page',
};
const paging = ['pageSize', 'pageNumber', 'pageToken'];

const camel = (snake) => snake.replace(/_([a-z])/g, (whole, letter) => letter.toUpperCase());
const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function files(under) {
    return fs.readdirSync(under, { withFileTypes: true }).flatMap((entry) => {
        const whole = path.join(under, entry.name);
        return entry.isDirectory() ? files(whole) : whole.endsWith('.d.ts') ? [whole] : [];
    });
}

/* The members of an interface: [{name, type, required}]. Comments are no members. */
function members(body) {
    const code = body.replace(/\/\*[\s\S]*?\*\//g, '');
    return [...code.matchAll(/^ {4}"?([\w.]+)"?(\??): (.*);$/gm)].map(([, name, optional, type]) => ({
        name, type, required: !optional,
    }));
}

function read(file) {
    const text = fs.readFileSync(file, 'utf8');
    const found = { create: null, update: null, remove: null, page: null };
    let fields = [];
    for (const [, name, body] of text.matchAll(/^(?:export )?interface (\w+) \{\n([\s\S]*?)^\}/gm)) {
        const operation = Object.keys(operationOf).find((end) => name.endsWith(`${end}Options`));
        if (operation) {
            found[operationOf[operation]] = members(body);
        } else if (name.endsWith('Resource')) {
            fields = members(body);
        }
    }
    const choices = Object.fromEntries([...text.matchAll(/^export type (\w+) = (.*);$/gm)].map(([, name, values]) => [
        name, [...values.matchAll(/"(\w+)"/g)].map(([, value]) => value)]));
    const filters = (found.page || []).filter(({ name }) => !paging.includes(name));
    return { ...found, filters, fields, choices };
}

let depth = 0;

/* {version, at, name, file, create, update, remove, page, filters, fields, choices, exports} of each resource; `at` is
 * where it is in the SDK: service/conversation/message. */
function modulesOf(folder) {
    return files(folder).flatMap((file) => {
        const [version, ...rest] = path.relative(folder, file).replace('.d.ts', '').split(path.sep);
        if (!/^v\d$/.test(version)) {
            return [];
        }
        const name = rest[rest.length - 1];
        return [{ version, at: rest.join('/'), name, file, ...read(file), exports: require(file.replace('.d.ts', '')) }];
    });
}

/* Which functions were called: known, called, and watch() that notes them. */
function watcher(folder, modules) {
    const known = new Set();
    const called = new Set();

    /* Counts only what the test calls itself, not what the SDK's functions call in turn. */
    function noted(label, original) {
        known.add(label);
        return function (...args) {
            if (depth === 0) {
                called.add(label);
            }
            depth++;
            try {
                return original.apply(this, args);
            } finally {
                depth--;
            }
        };
    }

    function watchClass(label, prototype) {
        for (const name of Object.getOwnPropertyNames(prototype)) {
            const what = Object.getOwnPropertyDescriptor(prototype, name);
            if (name === 'constructor' || name.startsWith('_')) {
                continue;
            }
            if (what.get) {
                what.get = noted(`${label}.${name}`, what.get);
            } else if (typeof what.value === 'function') {
                what.value = noted(`${label}.${name}`, what.value);
            }
            Object.defineProperty(prototype, name, what);
        }
    }

    /* Lists are functions with functions as properties, made anew for each parent. */
    function watchList(label, module, name) {
        const make = module[name];
        module[name] = function (...args) {
            const list = make(...args);
            for (const property of Object.keys(list)) {
                if (typeof list[property] === 'function' && !property.startsWith('_')) {
                    list[property] = noted(`${label}.${property}`, list[property]);
                }
            }
            return list;
        };
    }

    function watch() {
        for (const { version, at, exports } of modules) {
            for (const name of Object.keys(exports)) {
                const label = `${version}/${at}.${name}`;
                if (name.endsWith('ListInstance')) {
                    watchList(label, exports, name);
                } else {
                    watchClass(label, exports[name].prototype);
                }
            }
        }
        for (const version of new Set(modules.map((module) => module.version))) {
            watchClass(version, require(path.join(folder, version.toUpperCase())).default.prototype);
        }
    }

    return { watch, known, called };
}

function describe(product) {
    const folder = path.join(products, product);
    const modules = modulesOf(folder);
    return { modules, ...watcher(folder, modules) };
}

module.exports = { ...describe('chat'), describe, camel, snake };
