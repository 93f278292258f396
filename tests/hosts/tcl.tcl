# Tcl's sqlite3. Run by tests/hosts/tcl; host.sh says what the environment holds.
package require sqlite3
package require http

fconfigure stdout -encoding utf-8 -buffering line
set service $env(SERVICE)
set channel $env(CHANNEL)
set insert {INSERT INTO messages(service_sid, channel_sid, body) VALUES ($service, $channel, $body)}
set read {SELECT "index", body FROM messages WHERE service_sid = $service AND channel_sid = $channel ORDER BY "index"}
set birthday "Gr\u00fc\u00dfe \u4e2d"

sqlite3 json :memory:

proc control {command} {
    set token [http::geturl $::env(TWILIO_CHAT_URL)/__control/$command -method POST -query {}]
    if {[http::ncode $token] != 200} { error [http::data $token] }
    http::cleanup $token
}

# The bodies of what the service has applied since the step began.
proc applied {} {
    set token [http::geturl $::env(TWILIO_CHAT_URL)/__control/ledger]
    set ledger [http::data $token]
    http::cleanup $token
    return [json eval {SELECT value ->> 'body' FROM json_each($ledger)}]
}

# open_database NAME ?FILE?: a command of that name.
proc open_database {name {file :memory:}} {
    sqlite3 $name $file
    $name enable_load_extension 1
    $name eval {SELECT load_extension($::env(LIBRARY))}
    $name enable_load_extension 0
}

proc expect {actual expected} {
    if {$actual ne $expected} { error "$actual instead of $expected" }
}

proc fails {pattern script} {
    if {![catch {uplevel 1 $script} message]} { error "no error" }
    if {![string match $pattern $message]} { error "other error: $message" }
}

# step NAME BODY: with a database of its own, `db`.
proc step {name body} {
    control reset
    open_database db
    if {[catch {uplevel #0 $body} message]} {
        puts "not ok - $name\n# [string map {\n "\n# "} $message]"
    } else {
        puts "ok - $name"
    }
    catch {db close}
}

step {loads from its file name} {
    expect [regexp {^\d+\.\d+} [db onecolumn {SELECT chat_version()}]] 1
}

step {reads with parameters} {
    expect [llength [db eval $read]] [expr {2 * $env(MESSAGES)}]
}

# Tcl knows no ? parameters.
step {joins} {
    set found {}
    db eval [string map {? $service} $env(JOIN)] {values} { lappend found "$values(friendly_name)=$values(messages)" }
    expect [join $found { }] $env(JOINED)
}

step {NULL, integers and JSON arrive as such} {
    db nullvalue nothing
    lassign [db eval {SELECT media, "index", attributes -> 'topic' FROM messages WHERE service_sid = $service
        AND channel_sid = $channel AND attributes ->> 'topic' = 'support' LIMIT 1}] media index topic
    expect $media nothing
    expect [string is integer -strict $index] 1
    expect $topic {"support"}
    expect [db exists {SELECT 1 FROM roles AS r, json_each(r.permissions) AS p WHERE p.value = 'sendMessage'}] 1
}

# A value that Tcl has used as a number is bound as one: 7 becomes text again, by the column's affinity.
step {text beyond ASCII, and digits, go and come unchanged} {
    set body $birthday
    db eval $insert
    set body 007
    db eval $insert
    set body [expr {3 + 4}]
    db eval $insert
    expect [applied] {Body=Gr%C3%BC%C3%9Fe%20%E4%B8%AD Body=007 Body=7}
    expect [dict values [db eval "$read DESC LIMIT 3"]] [list 7 007 $birthday]
}

step {half a result can be left} {
    set rows 0
    db eval {SELECT sid, body FROM messages} { if {[incr rows] == 3} break }
    set body after
    db eval $insert
    db close
    expect [applied] Body=after
}

step {COMMIT sends once, in order} {
    db eval {CREATE TABLE local(x)}
    db transaction {
        foreach body {one two} { db eval $insert }
        db eval {INSERT INTO local VALUES (1)}
        expect [applied] {}
    }
    expect [applied] {Body=one Body=two}
    expect [db onecolumn {SELECT count(*) FROM local}] 1
}

step {ROLLBACK sends nothing} {
    fails {the program's own} {
        db transaction {
            set body never
            db eval $insert
            error {the program's own}
        }
    }
    expect [applied] {}
}

step {a statement of its own is sent once} {
    set body eval
    db eval $insert
    set body onecolumn
    db onecolumn $insert
    set body exists
    db exists $insert
    expect [applied] {Body=eval Body=onecolumn Body=exists}
}

# Tcl keeps statements that it has prepared.
step {a prepared statement is sent once each time} {
    foreach body {a b c} { db eval $insert }
    db cache flush
    set body d
    db eval $insert
    expect [applied] {Body=a Body=b Body=c Body=d}
}

step {writes inside a reading loop are sent once} {
    db eval "$read LIMIT 3" row {
        set body "about $row(index)"
        db eval $insert
    }
    expect [applied] {Body=about%200 Body=about%201 Body=about%202}
}

step {a refused COMMIT raises with the message of the service, and rolls back} {
    db eval {CREATE TABLE local(x)}
    fails {*Twilio error 20001 "no"*see chat_writes*} {
        db transaction {
            db eval {INSERT INTO local VALUES (1)}
            foreach body {sent refused} { db eval $insert }
            control fault?action=status&status=400&code=20001&message=no&method=POST&nth=2
        }
    }
    expect [db onecolumn {SELECT count(*) FROM local}] 0
    set body next
    db eval $insert
    expect [applied] {Body=sent Body=next}
}

step {a bad row raises, and nothing is sent} {
    fails {*channel_sid is needed*} { db eval {INSERT INTO messages(body) VALUES ('x')} }
    fails {*body*} { db eval {INSERT INTO messages(service_sid, channel_sid, body) VALUES ($service, $channel, NULL)} }
    expect [db errorcode] 19
    expect [applied] {}
}

# onecolumn takes one row and drops what comes after it.
step {RETURNING is refused in autocommit, and nothing is sent; in a transaction it is sent once} {
    set write {INSERT INTO messages(service_sid, channel_sid, body)
        VALUES ($service, $channel, 'x'), ($service, $channel, 'y') RETURNING body}
    foreach {call first} {eval {x y} onecolumn x exists 1} {
        control reset
        fails {*leave RETURNING out*} { db $call $write }
        expect [db onecolumn {SELECT count(*) FROM chat_writes WHERE state <> 'sent'}] 0
        expect [applied] {}
        db transaction {
            expect [db $call $write] $first
            expect [applied] {}
        }
        expect [applied] {Body=x Body=y}
    }
}

step {a file, closed and opened again} {
    open_database file $env(HOST_FOLDER)/data.db
    file eval {CREATE TABLE saved AS SELECT sid, body FROM messages
        WHERE service_sid = $service AND channel_sid = $channel}
    set saved [file onecolumn {SELECT count(*) FROM saved}]
    file close
    open_database file $env(HOST_FOLDER)/data.db
    expect [file onecolumn {SELECT count(*) FROM saved}] $saved
    expect [file onecolumn {SELECT count(*) FROM saved JOIN messages AS m USING (sid)
        WHERE m.service_sid = $service AND m.channel_sid = $channel}] $saved
    file close
}

# Nested ones are savepoints.
step {a transaction within a transaction} {
    db transaction {
        set body outer
        db eval $insert
        catch {
            db transaction {
                set body inner
                db eval $insert
                error dropped
            }
        }
    }
    expect [applied] Body=outer
}

step {an authorizer, a progress handler and a trace beside the extension} {
    set steps 0
    db authorizer {apply {args { return SQLITE_OK }}}
    db progress 10 {incr steps; expr 0}
    db trace {set traced}
    set body watched
    db eval $insert
    expect [expr {[llength [db eval $read]] > 10 && $steps > 0}] 1
    expect [applied] Body=watched
}

step {a progress handler ends a long query} {
    db progress 100 {expr 1}
    fails *interrupted* { db eval {SELECT count(*) FROM messages} }
    db progress 0 {}
    expect [db onecolumn {SELECT count(*) > 0 FROM services}] 1
}
