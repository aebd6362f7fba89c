#include "server/message.hpp"

#include <gtest/gtest.h>

#include "server/lab_table.hpp"
#include "server/parse_request.hpp"
#include "server/router.hpp"
#include "server/search_query.hpp"

namespace medmark::server {
namespace {

TEST(Message, QueriesAreDecoded) {
  const Parameters query = parse_query("q=%E8%B4%AB%E8%A1%80+x&empty=&flag&%zz=1");
  ASSERT_EQ(query.size(), 4U);
  EXPECT_EQ(query[0].second, "贫血 x");
  EXPECT_EQ(query[1].second, "");
  EXPECT_EQ(query[3].first, "%zz");
}

TEST(Message, FileNamesCannotBreakOutOfTheirHeader) {
  const std::string header = attachment("a\"\r\nX: y报.pdf");
  EXPECT_EQ(header.find('\r'), std::string::npos);
  EXPECT_EQ(header.find('\n'), std::string::npos);
  EXPECT_NE(header.find("%E6%8A%A5"), std::string::npos);
}

TEST(Message, TimesAreReadAsTheyAreWritten) {
  EXPECT_EQ(iso_time(1'700'000'000'123).get<std::string>(), "2023-11-14T22:13:20.123Z");
  EXPECT_EQ(parse_iso_time("2023-11-14T22:13:20.123Z").value_or(0), 1'700'000'000'000);
  EXPECT_FALSE(parse_iso_time("yesterday").has_value());
}

TEST(Routes, PartsInBracesAreCapturedWholeAndNothingElseMatches) {
  Router router;
  router.add({"GET", "/a/{id}/b", Permission::kNone, BodyKind::kNone, Work::kQuick, {}});
  const RouteMatch match = router.find("HEAD", "/a/x%2Fy/b");
  ASSERT_NE(match.route, nullptr);
  EXPECT_EQ(match.captures.front(), "x/y");
  for (const char* path : {"/a//b", "/a/x", "/a/x/b/c", "/a/x/c", ""})
    EXPECT_EQ(router.find("GET", path).route, nullptr);
  EXPECT_EQ(router.find("POST", "/a/x/b").allowed.front(), "GET");
}

TEST(LabTable, SpreadsheetsRunNothing) {
  EXPECT_EQ(csv_line({"=1+1", "-5", "a,b", "say \"x\"", "@x"}), "'=1+1,-5,\"a,b\",\"say \"\"x\"\"\",'@x\r\n");
}

TEST(ParseForm, DefaultsAreTheSameAsNothing) {
  const auto form = parse_form({{"dpi", "200"}, {"ocr_lang", "ch"}, {"wait", "1.5"}}, {{"dpi", "300"}});
  ASSERT_TRUE(form.has_value());
  EXPECT_EQ(form->parameters, (std::map<std::string, std::string>{{"ocr_lang", "ch"}}));
  EXPECT_EQ(form->wait_seconds, 1.5);
  EXPECT_FALSE(parse_form({{"dpi", "9000"}}, {}).has_value());
  EXPECT_FALSE(parse_form({{"force", "yes"}}, {}).has_value());
}

TEST(SearchQuery, LabConditionsAreReadInAnyWidth) {
  Request request;
  request.query = {{"lab", "血红蛋白＜９０"}, {"lab", "PLT>=300"}, {"lab", "白蛋白"}};
  const auto query = search_query(request);
  ASSERT_TRUE(query.has_value());
  EXPECT_EQ(query->labs[0].item, "血红蛋白");
  EXPECT_EQ(query->labs[0].comparison, store::Comparison::kLess);
  EXPECT_EQ(query->labs[0].value, 90);
  EXPECT_EQ(query->labs[1].comparison, store::Comparison::kGreaterOrEqual);
  EXPECT_FALSE(query->labs[2].comparison.has_value());
  request.query = {{"lab", "血红蛋白<many"}};
  EXPECT_FALSE(search_query(request).has_value());
}

}  // namespace
}  // namespace medmark::server
