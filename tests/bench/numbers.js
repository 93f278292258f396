/* Numbers: their middle, and their layout in the table. */
'use strict';

function median(values) {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/* undefined or null: not measured. */
function format(value, digits, unit = '') {
    return value === undefined || value === null ? '' : value.toFixed(digits) + unit;
}

/* Rows of cells, the first row the heads; the first column to the left, the others to the right. */
function table(rows) {
    const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
    const line = (row) => row.map((cell, column) => (
        column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join('  ').trimEnd();
    return [line(rows[0]), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.slice(1).map(line)].join('\n');
}

module.exports = { median, format, table };
