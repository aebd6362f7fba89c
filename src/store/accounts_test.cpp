// Accounts, the audit chain and settings.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include "store/testing/store_fixture.hpp"

namespace medmark::store {
namespace {

class AccountsTest : public testing::StoreFixture {};

TEST_F(AccountsTest, NamesAreTakenOnce) {
  User user;
  user.name = "wang";
  user.role = Role::kOperator;
  const auto added = store_->accounts().add_user(user);
  ASSERT_TRUE(added.has_value());
  EXPECT_EQ(store_->accounts().add_user(user).error().code, base::ErrorCode::kConflict);
  EXPECT_EQ(store_->accounts().user_by_name("wang")->role, Role::kOperator);
}

TEST_F(AccountsTest, RemovingAUserEndsTheirSessions) {
  const auto user = store_->accounts().add_user({"", "li", "hash", Role::kViewer, false, false, 0, 0, 0, 0});
  ASSERT_TRUE(store_->accounts().add_session({"token", user->id, "csrf", 1, 1, 9'000'000'000'000}).has_value());
  EXPECT_TRUE(store_->accounts().session("token").has_value());
  ASSERT_TRUE(store_->accounts().remove_user(user->id).has_value());
  EXPECT_EQ(store_->accounts().session("token").error().code, base::ErrorCode::kNotFound);
}

TEST_F(AccountsTest, TheAuditChainShowsWhereItWasTouched) {
  for (int i = 0; i < 5; ++i) {
    AuditEntry entry;
    entry.actor = "wang";
    entry.action = "document.read";
    entry.subject = "d" + std::to_string(i);
    ASSERT_TRUE(store_->audit().append(entry).has_value());
  }
  EXPECT_EQ(store_->audit().verify().value_or(-1), 0);
  EXPECT_EQ(store_->audit().entries({})->total, 5);
  store_.reset();

  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((folder_ / "medmark.db").c_str(), &database), SQLITE_OK);
  // Append-only even for who opens the file; a forger has to take the triggers away first.
  EXPECT_NE(sqlite3_exec(database, "UPDATE audit SET actor = 'li' WHERE number = 3", nullptr, nullptr, nullptr),
            SQLITE_OK);
  EXPECT_EQ(
      sqlite3_exec(database, "DROP TRIGGER audit_is_append_only_1; UPDATE audit SET actor = 'li' WHERE number = 3",
                   nullptr, nullptr, nullptr),
      SQLITE_OK);
  sqlite3_close(database);
  open();
  EXPECT_EQ(store_->audit().verify().value_or(-1), 3);
}

TEST_F(AccountsTest, SettingsAreListedByPrefix) {
  ASSERT_TRUE(store_->settings().put("filter.b", "2").has_value());
  ASSERT_TRUE(store_->settings().put("filter.a", "1").has_value());
  ASSERT_TRUE(store_->settings().put("limits", "3").has_value());
  EXPECT_THAT(*store_->settings().list("filter."),
              ::testing::ElementsAre(::testing::Pair("filter.a", "1"), ::testing::Pair("filter.b", "2")));
}

}  // namespace
}  // namespace medmark::store
