# Perl's DBI with DBD::SQLite. Run by tests/hosts/perl; host.sh says what the environment holds.
use strict;
use warnings;
use utf8;
use DBI;
use HTTP::Tiny;
use JSON::PP;

binmode STDOUT, ':utf8';
$| = 1;
my ($service, $channel) = @ENV{qw(SERVICE CHANNEL)};
my $insert = 'INSERT INTO messages(service_sid, channel_sid, body) VALUES (?, ?, ?)';
my $read = 'SELECT "index", body FROM messages WHERE service_sid = ? AND channel_sid = ? ORDER BY "index"';

sub control { HTTP::Tiny->new->post("$ENV{TWILIO_CHAT_URL}/__control/$_[0]") }

# The bodies of what the service has applied since the step began.
sub applied {
    my $answer = HTTP::Tiny->new->get("$ENV{TWILIO_CHAT_URL}/__control/ledger");
    return join ' ', map { $_->{body} } @{ decode_json($answer->{content}) };
}

sub open_database {
    my ($file, %options) = @_;
    my $db = DBI->connect('dbi:SQLite:dbname=' . ($file // ':memory:'), '', '',
        { RaiseError => 1, PrintError => 0, PrintWarn => 1, sqlite_unicode => 1, %options });
    $db->sqlite_enable_load_extension(1);
    $db->sqlite_load_extension($ENV{LIBRARY});
    return $db;
}

sub expect {
    my ($actual, $expected) = @_;
    die "$actual instead of $expected\n" if $actual ne $expected;
}

sub fails {
    my ($pattern, $action) = @_;
    die "no error\n" if eval { $action->(); 1 };
    die "other error: $@" if $@ !~ $pattern;
}

sub step {
    my ($name, $action) = @_;
    control('reset');
    my @warnings;
    local $SIG{__WARN__} = sub { push @warnings, @_ };
    my $done = eval { $action->(); 1 };
    my $error = $done ? join('', @warnings) : $@;
    ($done, $error) = (0, "warning: $error") if $done && $error;
    print $done ? "ok - $name\n" : "not ok - $name\n# " . ($error =~ s/\n(?=.)/\n# /gr) . "\n";
}

step 'loads from its file name', sub {
    my ($version) = open_database()->selectrow_array('SELECT chat_version()');
    die "version $version\n" if $version !~ /^\d+\.\d+/;
};

step 'reads with parameters', sub {
    my $rows = open_database()->selectall_arrayref($read, undef, $service, $channel);
    expect(scalar(@$rows), $ENV{MESSAGES});
    expect($rows->[-1][0], $ENV{MESSAGES} - 1);
};

step 'joins', sub {
    my $rows = open_database()->selectall_arrayref($ENV{JOIN}, undef, $service);
    expect(join(' ', map { "$_->[0]=$_->[1]" } @$rows), $ENV{JOINED});
};

step 'NULL, integers and JSON arrive as such', sub {
    my $db = open_database();
    my ($media, $index, $attributes) = $db->selectrow_array(
        "SELECT media, \"index\", attributes FROM messages WHERE service_sid = ? AND channel_sid = ?
         AND attributes ->> 'topic' = 'support' LIMIT 1", undef, $service, $channel);
    die "media is $media\n" if defined $media;
    die "index is $index\n" if $index !~ /^\d+$/;
    expect(decode_json($attributes)->{topic}, 'support');
    my ($permission) = $db->selectrow_array("SELECT count(*) FROM roles AS r, json_each(r.permissions) AS p
        WHERE p.value = 'sendMessage'");
    die "nobody may send\n" if !$permission;
};

step 'text beyond ASCII, and digits, go and come unchanged', sub {
    my $db = open_database();
    $db->do($insert, undef, $service, $channel, $_) for 'Grüße 🎂', '007';
    expect(applied(), 'Body=Gr%C3%BC%C3%9Fe%20%F0%9F%8E%82 Body=007');
    my $rows = $db->selectall_arrayref("$read DESC LIMIT 2", undef, $service, $channel);
    expect("$rows->[1][1] $rows->[0][1]", 'Grüße 🎂 007');
};

# finish() is what DBI calls that.
step 'half a result can be left', sub {
    my $db = open_database();
    my $reading = $db->prepare('SELECT sid, body FROM messages');
    $reading->execute;
    $reading->fetchrow_arrayref for 1 .. 3;
    $reading->finish;
    $db->do($insert, undef, $service, $channel, 'after');
    $db->disconnect;
    expect(applied(), 'Body=after');
};

step 'COMMIT sends once, in order', sub {
    my $db = open_database();
    $db->do('CREATE TABLE local(x)');
    $db->begin_work;
    $db->do($insert, undef, $service, $channel, $_) for qw(one two);
    $db->do('INSERT INTO local VALUES (1)');
    expect(applied(), '');
    $db->commit;
    expect(applied(), 'Body=one Body=two');
    expect($db->selectrow_array('SELECT count(*) FROM local'), 1);
};

step 'ROLLBACK sends nothing', sub {
    my $db = open_database();
    $db->begin_work;
    $db->do($insert, undef, $service, $channel, 'never');
    $db->rollback;
    expect(applied(), '');
};

step 'a statement of its own is sent once', sub {
    open_database()->do($insert, undef, $service, $channel, 'alone');
    expect(applied(), 'Body=alone');
};

step 'a prepared statement is sent once each time', sub {
    my $db = open_database();
    for my $body (qw(a b c)) {
        $db->prepare_cached($insert)->execute($service, $channel, $body);
    }
    expect(applied(), 'Body=a Body=b Body=c');
};

step 'writes inside a reading loop are sent once', sub {
    my $db = open_database();
    my $reading = $db->prepare("$read LIMIT 3");
    $reading->execute($service, $channel);
    while (my ($index) = $reading->fetchrow_array) {
        $db->do($insert, undef, $service, $channel, "about $index");
    }
    expect(applied(), 'Body=about%200 Body=about%201 Body=about%202');
};

step 'a refused COMMIT raises with the message of the service, and rolls back', sub {
    my $db = open_database();
    $db->do('CREATE TABLE local(x)');
    $db->begin_work;
    $db->do('INSERT INTO local VALUES (1)');
    $db->do($insert, undef, $service, $channel, $_) for qw(sent refused);
    control('fault?action=status&status=400&code=20001&message=no&method=POST&nth=2');
    fails(qr/Twilio error 20001 "no".*see chat_writes/s, sub { $db->commit });
    die "a transaction is open\n" if !$db->{AutoCommit};
    expect($db->selectrow_array('SELECT count(*) FROM local'), 0);
    $db->do($insert, undef, $service, $channel, 'next');
    expect(applied(), 'Body=sent Body=next');
};

step 'a bad row raises, and nothing is sent', sub {
    my $db = open_database();
    fails(qr/channel_sid is needed/, sub { $db->do('INSERT INTO messages(body) VALUES (?)', undef, 'x') });
    fails(qr/body/, sub { $db->do($insert, undef, $service, $channel, undef) });
    expect(applied(), '');
};

# selectrow_array takes one row and drops what comes after it.
step 'RETURNING is refused in autocommit, and nothing is sent; in a transaction it is sent once', sub {
    my $db = open_database();
    my $values = "('$service', '$channel', 'x'), ('$service', '$channel', 'y')";
    my $write = "INSERT INTO messages(service_sid, channel_sid, body) VALUES $values RETURNING body";
    my %calls = (
        do => sub { $db->do($write); 'x' },
        selectrow_array => sub { scalar $db->selectrow_array($write) },
        selectall_arrayref => sub { $db->selectall_arrayref($write)->[0][0] },
        execute => sub { my $statement = $db->prepare($write); $statement->execute; $statement->fetchrow_arrayref->[0] },
    );
    for my $call (sort keys %calls) {
        control('reset');
        fails(qr/leave RETURNING out/, $calls{$call});
        expect($db->selectrow_array("SELECT count(*) FROM chat_writes WHERE state <> 'sent'"), 0);
        expect(applied(), '');
        $db->begin_work;
        expect($calls{$call}->(), 'x');
        expect(applied(), '');
        $db->commit;
        expect(applied(), 'Body=x Body=y');
    }
};

step 'a file, closed and opened again', sub {
    my $file = "$ENV{HOST_FOLDER}/data.db";
    my $db = open_database($file);
    $db->do('CREATE TABLE saved AS SELECT sid, body FROM messages WHERE service_sid = ? AND channel_sid = ?',
        undef, $service, $channel);
    my ($saved) = $db->selectrow_array('SELECT count(*) FROM saved');
    $db->disconnect;
    $db = open_database($file);
    expect($db->selectrow_array('SELECT count(*) FROM saved'), $saved);
    expect($db->selectrow_array('SELECT count(*) FROM saved JOIN messages AS m USING (sid)
        WHERE m.service_sid = ? AND m.channel_sid = ?', undef, $service, $channel), $saved);
};

step 'AutoCommit off: nothing is sent before commit, nor by disconnect', sub {
    my $db = open_database(undef, AutoCommit => 0);
    $db->do($insert, undef, $service, $channel, 'first');
    expect(applied(), '');
    $db->commit;
    $db->do($insert, undef, $service, $channel, 'lost');
    $db->disconnect;
    expect(applied(), 'Body=first');
};

step 'execute_array is one call for each row', sub {
    my $db = open_database();
    my $writing = $db->prepare($insert);
    $db->begin_work;
    $writing->execute_array({}, $service, $channel, [qw(x y z)]);
    $db->commit;
    expect(applied(), 'Body=x Body=y Body=z');
};
