// Go's database/sql with mattn's driver. Run by tests/hosts/go; host.sh says what the environment holds.
//
//	sql.Register("sqlite3_chat", &sqlite3.SQLiteDriver{Extensions: []string{"build/chat"}})
//
// database/sql keeps a pool: what belongs to a connection (chat_writes, a setting, a savepoint) is asked for over one
// sql.Conn, or with SetMaxOpenConns(1).
package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	sqlite3 "github.com/mattn/go-sqlite3"
)

const insert = "INSERT INTO messages(service_sid, channel_sid, body) VALUES (?, ?, ?)"
const returning = `INSERT INTO messages(service_sid, channel_sid, body)
	VALUES (?, ?, 'x'), (?, ?, 'y') RETURNING body`
const read = `SELECT "index", body FROM messages WHERE service_sid = ? AND channel_sid = ? ORDER BY "index"`

var service, channel = os.Getenv("SERVICE"), os.Getenv("CHANNEL")
var background = context.Background()

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func expect(actual, expected interface{}) {
	if fmt.Sprint(actual) != fmt.Sprint(expected) {
		panic(fmt.Errorf("%v instead of %v", actual, expected))
	}
}

func fails(err error, texts ...string) {
	if err == nil {
		panic(errors.New("no error"))
	}
	for _, text := range texts {
		if !strings.Contains(err.Error(), text) {
			panic(fmt.Errorf("other error: %w", err))
		}
	}
}

func control(command string) {
	answer, err := http.Post(os.Getenv("TWILIO_CHAT_URL")+"/__control/"+command, "", nil)
	check(err)
	answer.Body.Close()
}

// The bodies of what the service has applied since the step began.
func applied() string {
	answer, err := http.Get(os.Getenv("TWILIO_CHAT_URL") + "/__control/ledger")
	check(err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	check(err)
	var writes []struct{ Body string }
	check(json.Unmarshal(text, &writes))
	bodies := []string{}
	for _, write := range writes {
		bodies = append(bodies, write.Body)
	}
	return strings.Join(bodies, " ")
}

func open(file string) *sql.DB {
	db, err := sql.Open("sqlite3_chat", file)
	check(err)
	if strings.Contains(file, ":memory:") {
		db.SetMaxOpenConns(1) // each connection has a memory of its own
	}
	return db
}

type executor interface {
	Exec(query string, arguments ...interface{}) (sql.Result, error)
}

// What a database and a transaction have in common.
type session interface {
	executor
	Prepare(query string) (*sql.Stmt, error)
	Query(query string, arguments ...interface{}) (*sql.Rows, error)
	QueryRow(query string, arguments ...interface{}) *sql.Row
}

func execute(db executor, query string, arguments ...interface{}) {
	_, err := db.Exec(query, arguments...)
	check(err)
}

func write(db executor, body interface{}) {
	execute(db, insert, service, channel, body)
}

func value(db *sql.DB, query string, arguments ...interface{}) (result string) {
	check(db.QueryRow(query, arguments...).Scan(&result))
	return result
}

func step(name string, action func()) {
	control("reset")
	defer func() {
		if reason := recover(); reason != nil {
			fmt.Printf("not ok - %s\n# %v\n", name, reason)
		} else {
			fmt.Printf("ok - %s\n", name)
		}
	}()
	action()
}

func reading() {
	step("loads from its file name", func() {
		expect(value(open(":memory:"), "SELECT chat_version() GLOB '[0-9]*.[0-9]*'"), 1)
	})
	step("reads with parameters", func() {
		rows, err := open(":memory:").Query(read, service, channel)
		check(err)
		count, index := 0, 0
		for body := ""; rows.Next(); count++ {
			check(rows.Scan(&index, &body))
		}
		check(rows.Err())
		expect(count, os.Getenv("MESSAGES"))
		expect(index, count-1)
	})
	step("joins", func() {
		rows, err := open(":memory:").Query(os.Getenv("JOIN"), service)
		check(err)
		found := []string{}
		for rows.Next() {
			var name, count string
			check(rows.Scan(&name, &count))
			found = append(found, name+"="+count)
		}
		check(rows.Err())
		expect(strings.Join(found, " "), os.Getenv("JOINED"))
	})
	step("NULL, integers and JSON arrive as such", func() {
		var media sql.NullString
		var index interface{}
		var attributes []byte
		check(open(":memory:").QueryRow(`SELECT media, "index", attributes FROM messages WHERE service_sid = ?
			AND channel_sid = ? AND attributes ->> 'topic' = 'support' LIMIT 1`, service, channel).
			Scan(&media, &index, &attributes))
		expect(media.Valid, false)
		expect(fmt.Sprintf("%T", index), "int64")
		var topic struct{ Topic string }
		check(json.Unmarshal(attributes, &topic))
		expect(topic.Topic, "support")
		expect(value(open(":memory:"), `SELECT count(*) > 0 FROM roles AS r, json_each(r.permissions) AS p
			WHERE p.value = 'sendMessage'`), 1)
	})
	step("half a result can be left", func() {
		db := open(":memory:")
		rows, err := db.Query("SELECT sid, body FROM messages")
		check(err)
		for i := 0; i < 3; i++ {
			expect(rows.Next(), true)
		}
		check(rows.Close())
		write(db, "after")
		check(db.Close())
		expect(applied(), "Body=after")
	})
	step("a time.Time is bound with a blank and its zone: chat_time(?)", func() {
		when := time.Date(2026, 1, 31, 8, 9, 10, 512345678, time.FixedZone("", 2*60*60))
		expect(value(open(":memory:"), "SELECT substr(?, 1, 11) || chat_time(?)", when, when),
			"2026-01-31 2026-01-31T06:09:10Z")
	})
	step("rows.Err() tells of a later row's error", func() {
		db := open(":memory:")
		execute(db, "UPDATE chat_settings SET value = 5 WHERE name = 'page_size'")
		control("fault?action=status&status=400&code=20001&message=no&method=GET&nth=2")
		rows, err := db.Query(read, service, channel)
		check(err)
		count := 0
		for rows.Next() {
			count++
		}
		expect(count, 5)
		fails(rows.Err(), "Twilio error 20001")
	})
}

func writing() {
	step("text beyond ASCII, and digits, go and come unchanged", func() {
		db := open(":memory:")
		write(db, "Grüße 🎂")
		write(db, "007")
		expect(applied(), "Body=Gr%C3%BC%C3%9Fe%20%F0%9F%8E%82 Body=007")
		expect(value(db, `SELECT group_concat(body) FROM (`+read+` DESC LIMIT 2)`, service, channel), "007,Grüße 🎂")
	})
	step("COMMIT sends once, in order", func() {
		db := open(":memory:")
		execute(db, "CREATE TABLE local(x)")
		tx, err := db.Begin()
		check(err)
		write(tx, "one")
		write(tx, "two")
		execute(tx, "INSERT INTO local VALUES (1)")
		expect(applied(), "")
		check(tx.Commit())
		expect(applied(), "Body=one Body=two")
		expect(value(db, "SELECT count(*) FROM local"), 1)
	})
	step("ROLLBACK sends nothing", func() {
		tx, err := open(":memory:").Begin()
		check(err)
		write(tx, "never")
		check(tx.Rollback())
		expect(applied(), "")
	})
	step("a statement of its own is sent once", func() {
		write(open(":memory:"), "alone")
		expect(applied(), "Body=alone")
	})
	step("a prepared statement is sent once each time", func() {
		statement, err := open(":memory:").Prepare(insert)
		check(err)
		for _, body := range []string{"a", "b", "c"} {
			_, err = statement.Exec(service, channel, body)
			check(err)
		}
		expect(applied(), "Body=a Body=b Body=c")
	})
	// Both over one connection, within a transaction; else the pool takes another for the writes.
	step("writes inside a reading loop are sent once", func() {
		tx, err := open(":memory:").Begin()
		check(err)
		rows, err := tx.Query(read+" LIMIT 3", service, channel)
		check(err)
		for rows.Next() {
			var index, body string
			check(rows.Scan(&index, &body))
			write(tx, "about "+index)
		}
		check(rows.Err())
		check(tx.Commit())
		expect(applied(), "Body=about%200 Body=about%201 Body=about%202")
	})
	step("a bad row raises, and nothing is sent", func() {
		db := open(":memory:")
		_, err := db.Exec("INSERT INTO messages(body) VALUES ('x')")
		fails(err, "channel_sid is needed")
		_, err = db.Exec(insert, service, channel, nil)
		fails(err, "body")
		var failure sqlite3.Error
		expect(errors.As(err, &failure) && failure.Code == sqlite3.ErrConstraint, true)
		expect(applied(), "")
	})
	// QueryRow takes one row and drops what comes after it; Exec takes none.
	step("RETURNING is refused in autocommit, and nothing is sent; in a transaction it is sent once", func() {
		for _, call := range []func(session) error{
			func(db session) (err error) {
				var body string
				err = db.QueryRow(returning, service, channel, service, channel).Scan(&body)
				expect(err != nil || body == "x", true)
				return
			},
			func(db session) error {
				_, err := db.Exec(returning, service, channel, service, channel)
				return err
			},
			func(db session) error {
				statement, err := db.Prepare(returning)
				check(err)
				defer statement.Close()
				_, err = statement.Exec(service, channel, service, channel)
				return err
			},
			func(db session) error {
				rows, err := db.Query(returning, service, channel, service, channel)
				if err != nil {
					return err
				}
				for rows.Next() {
				}
				return rows.Err()
			},
		} {
			control("reset")
			db := open(":memory:")
			fails(call(db), "leave RETURNING out")
			expect(value(db, "SELECT count(*) FROM chat_writes"), 0)
			expect(applied(), "")
			tx, err := db.Begin()
			check(err)
			check(call(tx))
			expect(applied(), "")
			check(tx.Commit())
			expect(applied(), "Body=x Body=y")
		}
	})
}

func commits() {
	// In a pool, chat_writes of another connection is empty: the message has the counts.
	step("a refused COMMIT raises with the message of the service, and rolls back", func() {
		db := open(filepath.Join(os.Getenv("HOST_FOLDER"), "pool.db"))
		execute(db, "CREATE TABLE local(x)")
		control("fault?action=status&status=400&code=20001&message=no&method=POST&nth=2")
		tx, err := db.Begin()
		check(err)
		execute(tx, "INSERT INTO local VALUES (1)")
		for _, body := range []string{"sent", "refused", "third"} {
			write(tx, body)
		}
		fails(tx.Commit(), `Twilio error 20001 "no"`,
			"of 3 calls 1 was sent, 1 failed, 0 are unknown and 1 was not sent (see chat_writes)")
		expect(value(db, "SELECT count(*) FROM local"), 0)
		write(db, "next")
		expect(applied(), "Body=sent Body=next")
		one, err := db.Conn(background)
		check(err)
		other, err := db.Conn(background)
		check(err)
		counts := []int{0, 0}
		for i, connection := range []*sql.Conn{one, other} {
			check(connection.QueryRowContext(background, "SELECT count(*) FROM chat_writes").Scan(&counts[i]))
			check(connection.Close())
		}
		expect(counts[1], 0)
		expect(counts[0] > 0, true)
		check(db.Close())
	})
	step("a file, closed and opened again", func() {
		file := filepath.Join(os.Getenv("HOST_FOLDER"), "data.db")
		db := open(file)
		execute(db, fmt.Sprintf("CREATE TABLE saved AS SELECT sid, body FROM messages "+
			"WHERE service_sid = '%s' AND channel_sid = '%s'", service, channel))
		saved := value(db, "SELECT nullif(count(*), 0) FROM saved")
		check(db.Close())
		expect(value(open(file), `SELECT count(*) FROM saved JOIN messages AS m USING (sid)
			WHERE m.service_sid = ? AND m.channel_sid = ?`, service, channel), saved)
	})
	step("a context that is done ends a statement that waits", func() {
		db := open(":memory:")
		control("latency?ms=3000")
		defer control("latency?ms=0")
		limited, cancel := context.WithTimeout(background, 100*time.Millisecond)
		defer cancel()
		var count int
		fails(db.QueryRowContext(limited, "SELECT count(*) FROM channels").Scan(&count))
		fails(limited.Err(), "deadline exceeded")
	})
}

func main() {
	sql.Register("sqlite3_chat", &sqlite3.SQLiteDriver{Extensions: []string{os.Getenv("LIBRARY")}})
	reading()
	writing()
	commits()
}
