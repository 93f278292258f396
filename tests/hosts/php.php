<?php
// PHP's SQLite3 class. Run by tests/hosts/php, which sets sqlite3.extension_dir; host.sh says what the environment holds.
//
// query() runs a statement, resets it, and fetchArray() runs it again. For a SELECT that costs a second look; a write
// given to query() and fetched from is written twice, in any table: exec() and execute() are for those.

set_error_handler(function ($level, $message) { throw new ErrorException($message); });

$service = getenv('SERVICE');
$channel = getenv('CHANNEL');
const INSERT = 'INSERT INTO messages(service_sid, channel_sid, body) VALUES (?, ?, ?)';
const READ = 'SELECT "index", body FROM messages WHERE service_sid = ? AND channel_sid = ? ORDER BY "index"';

function control(string $command): void
{
    file_get_contents(getenv('TWILIO_CHAT_URL') . "/__control/$command", false,
        stream_context_create(['http' => ['method' => 'POST', 'content' => '']]));
}

// The bodies of what the service has applied since the step began.
function applied(): string
{
    $ledger = json_decode(file_get_contents(getenv('TWILIO_CHAT_URL') . '/__control/ledger'));
    return implode(' ', array_column($ledger, 'body'));
}

function database(string $file = ':memory:'): SQLite3
{
    $db = new SQLite3($file);
    $db->enableExceptions(true);
    $db->loadExtension(basename(getenv('LIBRARY')));
    return $db;
}

// Runs a prepared statement with values bound by their PHP types; gives the rows.
function run(SQLite3 $db, string $sql, ...$values): array
{
    $statement = $db->prepare($sql);
    foreach ($values as $number => $value) {
        $statement->bindValue($number + 1, $value);
    }
    $result = $statement->execute();
    $rows = [];
    while ($result->numColumns() > 0 && ($row = $result->fetchArray(SQLITE3_NUM))) {
        $rows[] = $row;
    }
    return $rows;
}

function expect($actual, $expected): void
{
    if ($actual !== $expected) {
        throw new Exception(var_export($actual, true) . ' instead of ' . var_export($expected, true));
    }
}

function fails(string $text, callable $action): void
{
    try {
        $action();
    } catch (Throwable $error) {
        if (!str_contains($error->getMessage(), $text)) {
            throw $error;
        }
        return;
    }
    throw new Exception('no error');
}

function step(string $name, callable $action): void
{
    control('reset');
    try {
        $action();
        echo "ok - $name\n";
    } catch (Throwable $error) {
        echo "not ok - $name\n# ", str_replace("\n", "\n# ", $error), "\n";
    }
}

step('loads from its file name', function () {
    expect(preg_match('/^\d+\.\d+/', database()->querySingle('SELECT chat_version()')), 1);
});

step('reads with parameters', function () use ($service, $channel) {
    $rows = run(database(), READ, $service, $channel);
    expect(count($rows), (int)getenv('MESSAGES'));
    expect(end($rows)[0], count($rows) - 1);
});

step('joins', function () use ($service) {
    $rows = run(database(), getenv('JOIN'), $service);
    expect(implode(' ', array_map(fn ($row) => "$row[0]=$row[1]", $rows)), getenv('JOINED'));
});

step('NULL, integers and JSON arrive as such', function () use ($service, $channel) {
    $db = database();
    [[$media, $index, $attributes]] = run($db, "SELECT media, \"index\", attributes FROM messages
        WHERE service_sid = ? AND channel_sid = ? AND attributes ->> 'topic' = 'support' LIMIT 1", $service, $channel);
    expect($media, null);
    expect(is_int($index), true);
    expect(json_decode($attributes)->topic, 'support');
    expect($db->querySingle("SELECT count(*) > 0 FROM roles AS r, json_each(r.permissions) AS p
        WHERE p.value = 'sendMessage'"), 1);
});

step('text beyond ASCII, and digits, go and come unchanged', function () use ($service, $channel) {
    $db = database();
    run($db, INSERT, $service, $channel, 'Grüße 🎂');
    run($db, INSERT, $service, $channel, '007');
    expect(applied(), 'Body=Gr%C3%BC%C3%9Fe%20%F0%9F%8E%82 Body=007');
    expect(array_column(run($db, READ . ' DESC LIMIT 2', $service, $channel), 1), ['007', 'Grüße 🎂']);
});

step('half a result can be left', function () use ($service, $channel) {
    $db = database();
    $result = $db->query('SELECT sid, body FROM messages');
    for ($row = 0; $row < 3; $row++) {
        $result->fetchArray();
    }
    run($db, INSERT, $service, $channel, 'after');
    expect($db->close(), true);
    expect(applied(), 'Body=after');
});

step('COMMIT sends once, in order', function () use ($service, $channel) {
    $db = database();
    $db->exec('CREATE TABLE local(x); BEGIN; INSERT INTO local VALUES (1)');
    run($db, INSERT, $service, $channel, 'one');
    run($db, INSERT, $service, $channel, 'two');
    expect(applied(), '');
    $db->exec('COMMIT');
    expect(applied(), 'Body=one Body=two');
    expect($db->querySingle('SELECT count(*) FROM local'), 1);
});

step('ROLLBACK sends nothing', function () use ($service, $channel) {
    $db = database();
    $db->exec('BEGIN');
    run($db, INSERT, $service, $channel, 'never');
    $db->exec('ROLLBACK');
    expect(applied(), '');
});

step('a statement of its own is sent once', function () use ($service, $channel) {
    $db = database();
    $insert = "INSERT INTO messages(service_sid, channel_sid, body) VALUES ('$service', '$channel', ";
    $db->exec("$insert'exec')");
    $db->querySingle("$insert'querySingle')");
    $db->query("$insert'query')");
    expect(applied(), 'Body=exec Body=querySingle Body=query');
});

step('a prepared statement is sent once each time', function () use ($service, $channel) {
    $db = database();
    $statement = $db->prepare('INSERT INTO messages(service_sid, channel_sid, body) VALUES (:s, :c, :b)');
    $statement->bindValue(':s', $service);
    $statement->bindValue(':c', $channel);
    $statement->bindParam(':b', $body);
    foreach (['a', 'b', 'c'] as $body) {
        $statement->execute();
        $statement->reset();
    }
    expect(applied(), 'Body=a Body=b Body=c');
});

step('writes inside a reading loop are sent once', function () use ($service, $channel) {
    $db = database();
    $reading = $db->prepare(READ . ' LIMIT 3');
    $reading->bindValue(1, $service);
    $reading->bindValue(2, $channel);
    $result = $reading->execute();
    while ($row = $result->fetchArray(SQLITE3_NUM)) {
        run($db, INSERT, $service, $channel, "about $row[0]");
    }
    expect(applied(), 'Body=about%200 Body=about%201 Body=about%202');
});

step('a refused COMMIT raises with the message of the service, and rolls back', function () use ($service, $channel) {
    $db = database();
    $db->exec('CREATE TABLE local(x); BEGIN; INSERT INTO local VALUES (1)');
    run($db, INSERT, $service, $channel, 'sent');
    run($db, INSERT, $service, $channel, 'refused');
    control('fault?action=status&status=400&code=20001&message=no&method=POST&nth=2');
    fails('Twilio error 20001 "no"', fn () => $db->exec('COMMIT'));
    expect(str_contains($db->lastErrorMsg(), 'see chat_writes'), true);
    expect($db->querySingle('SELECT count(*) FROM local'), 0);
    run($db, INSERT, $service, $channel, 'next');
    expect(applied(), 'Body=sent Body=next');
});

step('a bad row raises, and nothing is sent', function () use ($service, $channel) {
    $db = database();
    fails('channel_sid is needed', fn () => run($db, 'INSERT INTO messages(body) VALUES (?)', 'x'));
    fails('body', fn () => run($db, INSERT, $service, $channel, null));
    expect(applied(), '');
});

// A row is had by querySingle() only: query() and execute() would run the statement again for it.
step('RETURNING is refused in autocommit, and nothing is sent; in a transaction it is sent once', function () use ($service, $channel) {
    $db = database();
    $write = "INSERT INTO messages(service_sid, channel_sid, body)
        VALUES ('$service', '$channel', 'x'), ('$service', '$channel', 'y') RETURNING body";
    $calls = [
        'exec' => fn () => $db->exec($write),
        'querySingle' => fn () => $db->querySingle($write),
        'query' => fn () => $db->query($write) instanceof SQLite3Result,
        'execute' => fn () => $db->prepare($write)->execute() instanceof SQLite3Result,
    ];
    foreach ($calls as $name => $call) {
        control('reset');
        fails('leave RETURNING out', $call);
        expect($db->querySingle("SELECT count(*) FROM chat_writes WHERE state <> 'sent'"), 0);
        expect(applied(), '');
        $db->exec('BEGIN');
        expect($call(), $name === 'querySingle' ? 'x' : true);
        expect(applied(), '');
        $db->exec('COMMIT');
        expect(applied(), 'Body=x Body=y');
    }
});

step('a file, closed and opened again', function () use ($service, $channel) {
    $file = getenv('HOST_FOLDER') . '/data.db';
    $db = database($file);
    run($db, 'CREATE TABLE saved AS SELECT sid, body FROM messages WHERE service_sid = ? AND channel_sid = ?',
        $service, $channel);
    $saved = $db->querySingle('SELECT count(*) FROM saved');
    expect($db->close(), true);
    $db = database($file);
    expect($db->querySingle('SELECT count(*) FROM saved'), $saved);
    expect(run($db, 'SELECT count(*) FROM saved JOIN messages AS m USING (sid)
        WHERE m.service_sid = ? AND m.channel_sid = ?', $service, $channel), [[$saved]]);
});

// Not wished for, but what PHP does with any table.
step('fetching from a write runs it as often as it does on an ordinary table', function () use ($service, $channel) {
    $db = database();
    $db->exec('CREATE TABLE local(service_sid, channel_sid, body)');
    foreach (['local', 'messages'] as $table) {
        $db->query("INSERT INTO $table(service_sid, channel_sid, body) VALUES ('$service', '$channel', 'x')")
            ->fetchArray();
    }
    $local = $db->querySingle('SELECT count(*) FROM local');
    expect(applied(), implode(' ', array_fill(0, $local, 'Body=x')));
});

step('query() looks twice and no more, whatever the result has', function () use ($service) {
    $db = database();
    $result = $db->query("SELECT sid FROM channels WHERE service_sid = '$service'");
    while ($result->fetchArray());
    expect($db->querySingle('SELECT count(*) FROM chat_requests'), 2);
});

step("PHP's functions in queries over chat tables", function () use ($service, $channel) {
    $db = database();
    $db->createFunction('shout', fn ($text) => strtoupper($text ?? ''));
    $db->createAggregate('longest', fn ($kept, $row, $text) => max($kept ?? 0, strlen($text)), fn ($kept) => $kept);
    [[$shouted]] = run($db, 'SELECT shout(body) FROM messages WHERE service_sid = ? AND channel_sid = ?
        AND shout(body) = shout(body) LIMIT 1', $service, $channel);
    expect($shouted, strtoupper($shouted));
    expect($db->querySingle("SELECT longest(friendly_name) = max(length(friendly_name)) FROM channels
        WHERE service_sid = '$service'"), 1);
});

// Since PHP 8.4.
if (method_exists('Pdo\Sqlite', 'loadExtension')) {
    step('PDO', function () use ($service, $channel) {
        $db = new Pdo\Sqlite('sqlite::memory:');
        $db->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
        $db->loadExtension(getenv('LIBRARY'));
        $db->beginTransaction();
        $db->prepare(INSERT)->execute([$service, $channel, 'one']);
        $db->commit();
        expect(applied(), 'Body=one');
    });
} else {
    echo "ok - PDO # SKIP it loads extensions since PHP 8.4; this is ", PHP_VERSION, "\n";
}
