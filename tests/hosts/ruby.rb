# Ruby's sqlite3. Run by tests/hosts/ruby; host.sh says what the environment holds.
require 'json'
require 'net/http'
require 'sqlite3'

SERVICE, CHANNEL = ENV.values_at('SERVICE', 'CHANNEL')
INSERT = 'INSERT INTO messages(service_sid, channel_sid, body) VALUES (?, ?, ?)'.freeze
READ = 'SELECT "index", body FROM messages WHERE service_sid = ? AND channel_sid = ? ORDER BY "index"'.freeze
$stdout.sync = true

def control(command)
  Net::HTTP.post(URI("#{ENV['TWILIO_CHAT_URL']}/__control/#{command}"), '')
end

# The bodies of what the service has applied since the step began.
def applied
  JSON.parse(Net::HTTP.get(URI("#{ENV['TWILIO_CHAT_URL']}/__control/ledger"))).map { |write| write['body'] }
end

def database(file = ':memory:', **options)
  db = SQLite3::Database.new(file, options)
  db.enable_load_extension(true)
  db.load_extension(ENV['LIBRARY'])
  db.enable_load_extension(false)
  db
end

def expect(actual, expected)
  raise "#{actual.inspect} instead of #{expected.inspect}" unless actual == expected
end

def fails(kind, pattern)
  yield
rescue kind => e
  raise unless pattern.match?(e.message)
else
  raise 'no error'
end

def step(name)
  control('reset')
  yield
  puts "ok - #{name}"
rescue StandardError => e
  puts "not ok - #{name}", "# #{e.class}: #{e.message}", "# #{e.backtrace.first}"
end

step 'loads from its file name' do
  expect(database.get_first_value('SELECT chat_version()').match?(/^\d+\.\d+/), true)
end

step 'reads with parameters' do
  rows = database.execute(READ, [SERVICE, CHANNEL])
  expect(rows.length, ENV['MESSAGES'].to_i)
  expect(rows.last[0], rows.length - 1)
end

step 'joins' do
  rows = database.execute(ENV['JOIN'], [SERVICE])
  expect(rows.map { |row| row.join('=') }.join(' '), ENV['JOINED'])
end

step 'NULL, integers and JSON arrive as such' do
  db = database(results_as_hash: true)
  row = db.get_first_row("SELECT media, \"index\", attributes FROM messages WHERE service_sid = ? AND channel_sid = ?
    AND attributes ->> 'topic' = 'support' LIMIT 1", [SERVICE, CHANNEL])
  expect(row['media'], nil)
  expect(row['index'].class, Integer)
  expect(JSON.parse(row['attributes'])['topic'], 'support')
  row = db.get_first_row("SELECT count(*) > 0 AS some FROM roles AS r, json_each(r.permissions) AS p
    WHERE p.value = 'sendMessage'")
  expect(row['some'], 1)
end

step 'text beyond ASCII, and digits, go and come unchanged' do
  db = database
  ['Grüße 🎂', '007'].each { |body| db.execute(INSERT, [SERVICE, CHANNEL, body]) }
  expect(applied, ['Body=Gr%C3%BC%C3%9Fe%20%F0%9F%8E%82', 'Body=007'])
  expect(db.execute("#{READ} DESC LIMIT 2", [SERVICE, CHANNEL]).map(&:last), ['007', 'Grüße 🎂'])
end

step 'half a result can be left' do
  db = database
  reading = db.prepare('SELECT sid, body FROM messages')
  reading.execute.first(3)
  db.execute(INSERT, [SERVICE, CHANNEL, 'after'])
  reading.close
  db.close
  expect(applied, ['Body=after'])
end

step 'COMMIT sends once, in order' do
  db = database
  db.execute('CREATE TABLE local(x)')
  db.transaction do
    db.execute(INSERT, [SERVICE, CHANNEL, 'one'])
    db.execute('INSERT INTO local VALUES (1)')
    db.execute(INSERT, [SERVICE, CHANNEL, 'two'])
    expect(applied, [])
  end
  expect(applied, ['Body=one', 'Body=two'])
  expect(db.get_first_value('SELECT count(*) FROM local'), 1)
end

step 'ROLLBACK sends nothing' do
  db = database
  begin
    db.transaction do
      db.execute(INSERT, [SERVICE, CHANNEL, 'never'])
      raise KeyError
    end
  rescue KeyError
    expect(db.transaction_active?, false)
  end
  expect(applied, [])
end

step 'a statement of its own is sent once' do
  db = database
  db.execute(INSERT, [SERVICE, CHANNEL, 'execute'])
  db.query(INSERT, [SERVICE, CHANNEL, 'query']).close
  db.get_first_row(INSERT, [SERVICE, CHANNEL, 'first row'])
  expect(applied, ['Body=execute', 'Body=query', 'Body=first%20row'])
end

step 'a prepared statement is sent once each time' do
  db = database
  writing = db.prepare(INSERT)
  %w[a b c].each { |body| writing.execute(SERVICE, CHANNEL, body) }
  writing.close
  expect(applied, ['Body=a', 'Body=b', 'Body=c'])
end

step 'writes inside a reading loop are sent once' do
  db = database
  db.execute("#{READ} LIMIT 3", [SERVICE, CHANNEL]) do |index, _|
    db.execute(INSERT, [SERVICE, CHANNEL, "about #{index}"])
  end
  expect(applied, ['Body=about%200', 'Body=about%201', 'Body=about%202'])
end

step 'a refused COMMIT raises with the message of the service, and rolls back' do
  db = database
  db.execute('CREATE TABLE local(x)')
  fails(SQLite3::SQLException, /Twilio error 20001 "no".*see chat_writes/m) do
    db.transaction do
      db.execute('INSERT INTO local VALUES (1)')
      %w[sent refused].each { |body| db.execute(INSERT, [SERVICE, CHANNEL, body]) }
      control('fault?action=status&status=400&code=20001&message=no&method=POST&nth=2')
    end
  end
  expect(db.transaction_active?, false)
  expect(db.get_first_value('SELECT count(*) FROM local'), 0)
  db.execute(INSERT, [SERVICE, CHANNEL, 'next'])
  expect(applied, ['Body=sent', 'Body=next'])
end

step 'a bad row raises, and nothing is sent' do
  db = database
  fails(SQLite3::SQLException, /channel_sid is needed/) { db.execute('INSERT INTO messages(body) VALUES (1)') }
  fails(SQLite3::ConstraintException, /body/) { db.execute(INSERT, [SERVICE, CHANNEL, nil]) }
  expect(applied, [])
end

# get_first_row takes one row and drops what comes after it.
step 'RETURNING is refused in autocommit, and nothing is sent; in a transaction it is sent once' do
  db = database
  write = "INSERT INTO messages(service_sid, channel_sid, body)
    VALUES ('#{SERVICE}', '#{CHANNEL}', 'x'), ('#{SERVICE}', '#{CHANNEL}', 'y') RETURNING body"
  calls = [-> { db.execute(write) }, -> { [db.get_first_row(write)] }, -> { [[db.get_first_value(write)]] },
           -> { db.query(write) { |rows| [rows.next] } }, -> { db.execute_batch(write); [['x']] }]
  calls.each do |call|
    control('reset')
    fails(SQLite3::SQLException, /leave RETURNING out/, &call)
    expect(db.get_first_value("SELECT count(*) FROM chat_writes WHERE state <> 'sent'"), 0)
    expect(applied, [])
    db.transaction do
      expect(call.call.first, ['x'])
      expect(applied, [])
    end
    expect(applied, %w[Body=x Body=y])
  end
end

step 'a file, closed and opened again' do
  file = File.join(ENV['HOST_FOLDER'], 'data.db')
  db = database(file)
  db.execute('CREATE TABLE saved AS SELECT sid, body FROM messages WHERE service_sid = ? AND channel_sid = ?',
             [SERVICE, CHANNEL])
  saved = db.get_first_value('SELECT count(*) FROM saved')
  db.close
  db = database(file)
  expect(db.get_first_value('SELECT count(*) FROM saved'), saved)
  expect(db.get_first_value('SELECT count(*) FROM saved JOIN messages AS m USING (sid)
    WHERE m.service_sid = ? AND m.channel_sid = ?', [SERVICE, CHANNEL]), saved)
end

step 'execute_batch with a transaction of its own' do
  db = database
  db.execute_batch("BEGIN; INSERT INTO messages(service_sid, channel_sid, body) VALUES ('#{SERVICE}', '#{CHANNEL}', 'x'),
    ('#{SERVICE}', '#{CHANNEL}', 'y'); COMMIT; CREATE TABLE local(x);")
  expect(applied, ['Body=x', 'Body=y'])
end

step 'a Ruby function in a query over chat tables' do
  db = database
  db.create_function('backwards', 1) { |function, text| function.result = text.to_s.reverse }
  row = db.get_first_row('SELECT body, backwards(body) FROM messages WHERE service_sid = ? AND channel_sid = ? LIMIT 1',
                         [SERVICE, CHANNEL])
  expect(row[1], row[0].reverse)
end

step 'columns and types are known before the first row' do
  reading = database.prepare('SELECT * FROM channels')
  expect(reading.columns.first(2), %w[sid service_sid])
  expect(reading.types.first(2).map(&:upcase), %w[TEXT TEXT]) # small in newer gems
  reading.close
end
