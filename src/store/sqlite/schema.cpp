#include "store/sqlite/schema.hpp"

namespace medmark::store::sqlite {
namespace {

constexpr int kSchemaVersion = 1;

constexpr const char* kTables = R"sql(
CREATE TABLE documents (
  number INTEGER PRIMARY KEY,            -- also the row of search_terms
  id TEXT NOT NULL UNIQUE,
  identity TEXT NOT NULL,                -- of bytes and parameters
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  parameters TEXT NOT NULL,              -- JSON object
  password TEXT NOT NULL,
  media_type TEXT NOT NULL DEFAULT '',
  page_count INTEGER NOT NULL DEFAULT 0,
  size INTEGER NOT NULL,
  state INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  parsed_at INTEGER NOT NULL DEFAULT 0,
  created_by TEXT NOT NULL,
  task_id TEXT NOT NULL,
  result TEXT NOT NULL DEFAULT '',       -- folder of the result under results/ID/
  corrected INTEGER NOT NULL DEFAULT 0,  -- which corrected_N.json is the effective one; 0: the original
  correction_count INTEGER NOT NULL DEFAULT 0,
  needs_review INTEGER NOT NULL DEFAULT 0,
  document_type TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL DEFAULT '',
  patient_name TEXT NOT NULL DEFAULT '',
  patient_key TEXT NOT NULL DEFAULT '',
  report_date TEXT NOT NULL DEFAULT '',
  prepared_pages TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX documents_by_identity ON documents (identity);
CREATE INDEX documents_by_date ON documents (report_date);
CREATE INDEX documents_by_patient ON documents (patient_key);
CREATE INDEX documents_by_type ON documents (document_type);

CREATE TABLE files (
  document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  blob TEXT NOT NULL UNIQUE,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;

CREATE TABLE tasks (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  status INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  pages_done INTEGER NOT NULL DEFAULT 0,
  pages INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  error_code TEXT NOT NULL DEFAULT '',
  error_message TEXT NOT NULL DEFAULT '',
  cancel_requested INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  started_at INTEGER NOT NULL DEFAULT 0,
  finished_at INTEGER NOT NULL DEFAULT 0,
  created_by TEXT NOT NULL,
  worker TEXT NOT NULL DEFAULT ''
);
CREATE INDEX tasks_by_turn ON tasks (status, priority, number);
CREATE INDEX tasks_by_document ON tasks (document);

CREATE TABLE corrections (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  target TEXT NOT NULL,
  original TEXT NOT NULL,
  value TEXT NOT NULL,
  previous TEXT NOT NULL,
  author TEXT NOT NULL,
  time INTEGER NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX corrections_by_document ON corrections (document);

-- What a document says, for search. Folded: half width, lower case, no spaces.
CREATE TABLE patient_facts (
  document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  folded TEXT NOT NULL
);
CREATE INDEX patient_facts_by_document ON patient_facts (document);
CREATE INDEX patient_facts_by_value ON patient_facts (folded);
CREATE TABLE diagnosis_facts (
  document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  folded TEXT NOT NULL,
  certainty TEXT NOT NULL
);
CREATE INDEX diagnosis_facts_by_document ON diagnosis_facts (document);
CREATE TABLE lab_facts (
  document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  item TEXT NOT NULL,
  name TEXT NOT NULL,
  folded_name TEXT NOT NULL,
  folded_standard_name TEXT NOT NULL,
  folded_code TEXT NOT NULL,
  value TEXT NOT NULL,
  value_num REAL,
  unit TEXT NOT NULL,
  low REAL,
  high REAL,
  flag TEXT NOT NULL,
  date TEXT NOT NULL,
  needs_review INTEGER NOT NULL
);
CREATE INDEX lab_facts_by_document ON lab_facts (document);
CREATE INDEX lab_facts_by_name ON lab_facts (folded_name, value_num);
CREATE INDEX lab_facts_by_standard_name ON lab_facts (folded_standard_name, value_num);
CREATE INDEX lab_facts_by_code ON lab_facts (folded_code, value_num);
CREATE TABLE texts (
  document TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
  text TEXT NOT NULL
) WITHOUT ROWID;
-- Terms of search_terms.hpp, parted by spaces: pairs of Chinese characters, words of other scripts.
CREATE VIRTUAL TABLE search_terms USING fts5 (terms, tokenize = "unicode61 remove_diacritics 0");

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  role INTEGER NOT NULL,
  must_change_password INTEGER NOT NULL,
  disabled INTEGER NOT NULL,
  failed_logins INTEGER NOT NULL,
  locked_until INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  last_login_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY,
  user TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  csrf_token TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  key_hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE audit (
  number INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  result TEXT NOT NULL,
  address TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX audit_by_time ON audit (time);
CREATE INDEX audit_by_subject ON audit (subject);
CREATE TRIGGER audit_is_append_only_1 BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER audit_is_append_only_2 BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- Files and folders, relative to the data folder, that belong to nobody any more.
CREATE TABLE purge (path TEXT PRIMARY KEY) WITHOUT ROWID;
)sql";

}  // namespace

base::Result<void> prepare_schema(Database& database) {
  return database.write([](Connection& connection) -> base::Result<void> {
    const auto version = connection.first("PRAGMA user_version", [](const Row& row) { return row.number(0); });
    if (!version.has_value()) return tl::unexpected(version.error());
    const int found = version->value_or(0);
    if (found == kSchemaVersion) return {};
    if (found > kSchemaVersion) {
      return base::fail(base::ErrorCode::kConflict, "The data folder was written by a newer version of medmark.");
    }
    if (auto made = connection.script(kTables); !made.has_value()) return made;
    return connection.script("PRAGMA user_version = 1");
  });
}

}  // namespace medmark::store::sqlite
