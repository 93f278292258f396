(* OCaml's sqlite3. Run by tests/hosts/ocaml; host.sh says what the environment holds.

     let db = Sqlite3.db_open "file.db" in
     ignore (Sqlite3.enable_load_extension db true);
     Sqlite3.Rc.check (Sqlite3.exec db "SELECT load_extension('build/chat')")

   Functions answer with an Rc.t, which is to be looked at; the message is errmsg's. *)

open Sqlite3

let get = Sys.getenv
let service = get "SERVICE"
let channel = get "CHANNEL"
let insert = "INSERT INTO messages(service_sid, channel_sid, body) VALUES (?, ?, ?)"
let read = "SELECT \"index\", body FROM messages WHERE service_sid = ? AND channel_sid = ? ORDER BY \"index\""
let ours = [ Data.TEXT service; Data.TEXT channel ]

let rec all_of input = match input_line input with line -> line ^ all_of input | exception End_of_file -> ""

let curl arguments path =
  let url = get "TWILIO_CHAT_URL" ^ "/__control/" ^ path in
  let output = Unix.open_process_in ("curl -sS --noproxy '*' " ^ arguments ^ Filename.quote url) in
  let text = all_of output in
  ignore (Unix.close_process_in output);
  text

let control command = ignore (curl "-X POST " command)

let open_database ?(file = ":memory:") () =
  let db = db_open file in
  if not (enable_load_extension db true) then failwith "no extensions";
  let statement = prepare db "SELECT load_extension(?)" in
  Rc.check (bind_text statement 1 (get "LIBRARY"));
  if step statement <> Rc.ROW then failwith (errmsg db);
  Rc.check (finalize statement);
  db

(* All rows; an error is raised with its message. *)
let query db sql parameters =
  let statement = prepare db sql in
  Rc.check (bind_values statement parameters);
  let rc, rows = fold statement ~f:(fun rows row -> row :: rows) ~init:[] in
  let message = errmsg db in
  ignore (finalize statement);
  if rc <> Rc.DONE then failwith message;
  List.rev rows

let run db sql parameters = ignore (query db sql parameters)
let write db body = run db insert (ours @ [ Data.TEXT body ])
let value db sql parameters = Data.to_string_coerce (List.hd (query db sql parameters)).(0)
let exec_checked db sql = if exec db sql <> Rc.OK then failwith (errmsg db)

(* The bodies of what the service has applied since the step began. SQLite reads the JSON. *)
let applied () =
  value (db_open ":memory:") "SELECT coalesce(group_concat(value ->> 'body', ' '), '') FROM json_each(?)"
    [ Data.TEXT (curl "" "ledger") ]

let expect actual expected = if actual <> expected then failwith (actual ^ " instead of " ^ expected)

let contains text part =
  let length = String.length part in
  let rec at i = i + length <= String.length text && (String.sub text i length = part || at (i + 1)) in
  at 0

let fails part action =
  match action () with
  | () -> failwith "no error"
  | exception Failure message -> if not (contains message part) then failwith ("other error: " ^ message)

let step_of name action =
  control "reset";
  (match action () with
  | () -> Printf.printf "ok - %s\n" name
  | exception error -> Printf.printf "not ok - %s\n# %s\n" name (Printexc.to_string error));
  flush stdout

let refuse_second = "fault?action=status&status=400&code=20001&message=no&method=POST&nth=2"

let reading () =
  step_of "loads from its file name" (fun () ->
      expect (value (open_database ()) "SELECT chat_version() GLOB '[0-9]*.[0-9]*'" []) "1");
  step_of "reads with parameters" (fun () ->
      let rows = query (open_database ()) read ours in
      expect (string_of_int (List.length rows)) (get "MESSAGES");
      List.iteri (fun i row -> if row.(0) <> Data.INT (Int64.of_int i) then failwith "another index") rows);
  step_of "joins" (fun () ->
      let pair row = Data.to_string_coerce row.(0) ^ "=" ^ Data.to_string_coerce row.(1) in
      let rows = query (open_database ()) (get "JOIN") [ Data.TEXT service ] in
      expect (String.concat " " (List.map pair rows)) (get "JOINED"));
  step_of "NULL, integers and JSON arrive as such" (fun () ->
      let db = open_database () in
      let sql =
        "SELECT media, \"index\", attributes ->> 'topic' AS topic FROM messages WHERE service_sid = ? "
        ^ "AND channel_sid = ? AND topic = 'support' LIMIT 1"
      in
      (match List.hd (query db sql ours) with
      | [| Data.NULL; Data.INT _; Data.TEXT "support" |] -> ()
      | row -> failwith (String.concat " " (Array.to_list (Array.map Data.to_string_debug row))));
      expect
        (value db "SELECT count(*) > 0 FROM roles AS r, json_each(r.permissions) AS p WHERE p.value = 'sendMessage'" [])
        "1");
  step_of "half a result can be left" (fun () ->
      let db = open_database () in
      let statement = prepare db "SELECT sid, body FROM messages" in
      for _ = 1 to 3 do
        if step statement <> Rc.ROW then failwith (errmsg db)
      done;
      Rc.check (finalize statement);
      write db "after";
      if not (db_close db) then failwith "not closed";
      expect (applied ()) "Body=after");
  step_of "an error at a later row is in the Rc.t" (fun () ->
      let db = open_database () in
      run db "UPDATE chat_settings SET value = 5 WHERE name = 'page_size'" [];
      control "fault?action=status&status=400&code=20001&message=no&method=GET&nth=2";
      fails "Twilio error 20001" (fun () -> run db read ours))

let writing () =
  step_of "text beyond ASCII, and digits, go and come unchanged" (fun () ->
      let db = open_database () in
      List.iter (write db) [ "Grüße 🎂"; "007" ];
      expect (applied ()) "Body=Gr%C3%BC%C3%9Fe%20%F0%9F%8E%82 Body=007";
      expect (value db ("SELECT group_concat(body) FROM (" ^ read ^ " DESC LIMIT 2)") ours) "007,Grüße 🎂");
  step_of "COMMIT sends once, in order" (fun () ->
      let db = open_database () in
      exec_checked db "CREATE TABLE local(x); BEGIN";
      List.iter (write db) [ "one"; "two" ];
      exec_checked db "INSERT INTO local VALUES (1)";
      expect (applied ()) "";
      exec_checked db "COMMIT";
      expect (applied ()) "Body=one Body=two";
      expect (value db "SELECT count(*) FROM local" []) "1");
  step_of "ROLLBACK sends nothing" (fun () ->
      let db = open_database () in
      exec_checked db "BEGIN";
      write db "never";
      exec_checked db "ROLLBACK";
      expect (applied ()) "");
  step_of "a statement of its own is sent once" (fun () ->
      let db = open_database () in
      exec_checked db
        (Printf.sprintf "INSERT INTO messages(service_sid, channel_sid, body) VALUES ('%s', '%s', 'exec')" service channel);
      expect (applied ()) "Body=exec");
  step_of "a prepared statement is sent once each time" (fun () ->
      let db = open_database () in
      let statement = prepare db insert in
      List.iter
        (fun body ->
          Rc.check (bind_values statement (ours @ [ Data.TEXT body ]));
          if step statement <> Rc.DONE then failwith (errmsg db);
          Rc.check (reset statement))
        [ "a"; "b"; "c" ];
      expect (applied ()) "Body=a Body=b Body=c");
  step_of "writes inside a reading loop are sent once" (fun () ->
      let db = open_database () in
      let statement = prepare db (read ^ " LIMIT 3") in
      Rc.check (bind_values statement ours);
      let rc = iter statement ~f:(fun row -> write db ("about " ^ Data.to_string_coerce row.(0))) in
      if rc <> Rc.DONE then failwith (errmsg db);
      expect (applied ()) "Body=about%200 Body=about%201 Body=about%202");
  step_of "a refused COMMIT raises with the message of the service, and rolls back" (fun () ->
      let db = open_database () in
      exec_checked db "CREATE TABLE local(x)";
      control refuse_second;
      exec_checked db "BEGIN; INSERT INTO local VALUES (1)";
      List.iter (write db) [ "sent"; "refused"; "third" ];
      if exec db "COMMIT" <> Rc.ERROR then failwith "another code";
      let message = errmsg db in
      if not (contains message "Twilio error 20001 \"no\"" && contains message "of 3 calls 1 was sent, 1 failed") then
        failwith message;
      expect (value db "SELECT count(*) FROM local" []) "0";
      write db "next";
      expect (applied ()) "Body=sent Body=next");
  step_of "a bad row raises, and nothing is sent" (fun () ->
      let db = open_database () in
      fails "channel_sid is needed" (fun () -> run db "INSERT INTO messages(body) VALUES ('x')" []);
      fails "body" (fun () -> run db insert (ours @ [ Data.NULL ]));
      expect (applied ()) "");
  step_of "RETURNING is refused in autocommit, and nothing is sent; in a transaction it is sent once" (fun () ->
      let row = Printf.sprintf "('%s', '%s', " service channel in
      let sql =
        "INSERT INTO messages(service_sid, channel_sid, body) VALUES " ^ row ^ "'x'), " ^ row ^ "'y') RETURNING body"
      in
      (* One row, and what comes after it is dropped. *)
      let first db =
        let statement = prepare db sql in
        let rc = Sqlite3.step statement in
        let message = errmsg db in
        ignore (finalize statement);
        if rc <> Rc.ROW then failwith message
      in
      List.iter
        (fun call ->
          control "reset";
          let db = open_database () in
          fails "leave RETURNING out" (fun () -> call db);
          expect (value db "SELECT count(*) FROM chat_writes" []) "0";
          expect (applied ()) "";
          exec_checked db "BEGIN";
          call db;
          expect (applied ()) "";
          exec_checked db "COMMIT";
          expect (applied ()) "Body=x Body=y")
        [ first; (fun db -> exec_checked db sql); (fun db -> run db sql []) ]);
  step_of "a file, closed and opened again" (fun () ->
      let file = get "HOST_FOLDER" ^ "/data.db" in
      let db = open_database ~file () in
      exec_checked db
        (Printf.sprintf
           "CREATE TABLE saved AS SELECT sid, body FROM messages WHERE service_sid = '%s' AND channel_sid = '%s'" service
           channel);
      let saved = value db "SELECT nullif(count(*), 0) FROM saved" [] in
      if not (db_close db) then failwith "not closed";
      expect
        (value (open_database ~file ())
           "SELECT count(*) FROM saved JOIN messages AS m USING (sid) WHERE m.service_sid = ? AND m.channel_sid = ?" ours)
        saved)

let () =
  reading ();
  writing ()
