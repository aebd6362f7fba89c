#include "input/office/package.hpp"

#include <gtest/gtest.h>

#include "input/office/xml.hpp"
#include "input/testing/office_builder.hpp"

namespace medmark::input::office {
namespace {

using base::ErrorCode;
using testing::OfficeBuilder;

ErrorCode code_of_open(const std::vector<std::uint8_t>& bytes, const OfficeLimits& limits = {}) {
  const auto package = Package::open(bytes, limits);
  return package ? ErrorCode::kInternal : package.error().code;
}

TEST(Package, ReadsItsParts) {
  const auto bytes = OfficeBuilder().part("a.xml", "one").part("b/c.xml", "two").build();
  auto package = Package::open(bytes, {});
  ASSERT_TRUE(package);
  EXPECT_EQ(package->read("b/c.xml").value(), "two");
  EXPECT_FALSE(package->has("c.xml"));
  EXPECT_EQ(package->read("c.xml").error().code, ErrorCode::kNotFound);
}

TEST(Package, RefusesWhatIsNoArchive) {
  EXPECT_EQ(code_of_open({'P', 'K', 3, 4, 0, 0, 0}), ErrorCode::kCorruptDocument);
  auto bytes = OfficeBuilder().part("a.xml", std::string(1000, 'a')).build();
  bytes.resize(bytes.size() / 2);
  EXPECT_EQ(code_of_open(bytes), ErrorCode::kCorruptDocument);
}

TEST(Package, RefusesMorePartsThanItsLimit) {
  OfficeLimits limits;
  limits.parts = 2;
  EXPECT_TRUE(Package::open(OfficeBuilder().part("a", "").part("b", "").build(), limits));
  EXPECT_EQ(code_of_open(OfficeBuilder().part("a", "").part("b", "").part("c", "").build(), limits),
            ErrorCode::kTooLarge);
}

TEST(Package, RefusesAPartLargerThanItsLimitWhenUnpacked) {
  OfficeLimits limits;
  limits.part_bytes = 1'000'000;  // packed, both are a thousand bytes
  const auto at_limit = OfficeBuilder().part("a", std::string(1'000'000, ' ')).build();
  const auto above = OfficeBuilder().part("a", std::string(1'000'001, ' ')).build();
  EXPECT_EQ(Package::open(at_limit, limits)->read("a")->size(), 1'000'000U);
  EXPECT_EQ(Package::open(above, limits)->read("a").error().code, ErrorCode::kTooLarge);
}

TEST(Package, RefusesMoreThanItsLimitInAll) {
  OfficeLimits limits;
  limits.total_bytes = 200;
  const auto bytes = OfficeBuilder().part("a", std::string(100, 'a')).part("b", std::string(101, 'b')).build();
  auto package = Package::open(bytes, limits);
  EXPECT_TRUE(package->read("a"));
  EXPECT_EQ(package->read("b").error().code, ErrorCode::kTooLarge);
  EXPECT_TRUE(package->read("a"));  // 200 in all
}

TEST(Package, LeavesExternalTargetsAlone) {
  const auto bytes = OfficeBuilder()
                         .part("word/_rels/document.xml.rels",
                               OfficeBuilder::relationships({{"r1", "image", "http://example.com/a.png", true},
                                                             {"r2", "image", "media/a.png"},
                                                             {"r3", "image", "../../../etc/passwd"}}))
                         .build();
  auto package = Package::open(bytes, {});
  const Relationships& found = package->relationships("word/document.xml");
  EXPECT_EQ(found.at("r1").target, "");
  EXPECT_EQ(found.at("r2").target, "word/media/a.png");
  EXPECT_EQ(found.at("r3").target, "");
  EXPECT_EQ(target_of_type(found, "image"), "word/media/a.png");
}

TEST(Package, ResolvesNamesAgainstTheFolderOfTheirPart) {
  EXPECT_EQ(resolved_name("ppt/slides/slide1.xml", "../media/a.png"), "ppt/media/a.png");
  EXPECT_EQ(resolved_name("ppt/slides/slide1.xml", "/ppt/b.xml"), "ppt/b.xml");
  EXPECT_EQ(resolved_name("", "word/document.xml"), "word/document.xml");
}

std::string nested(int depth) {
  std::string xml;
  for (int i = 0; i < depth; ++i) xml += "<a>";
  for (int i = 0; i < depth; ++i) xml += "</a>";
  return xml;
}

TEST(XmlPart, RefusesNestingDeeperThanItsLimit) {
  OfficeLimits limits;
  limits.xml_depth = 50;
  EXPECT_TRUE(XmlPart::parse(nested(50), limits));
  EXPECT_EQ(XmlPart::parse(nested(51), limits).error().code, ErrorCode::kCorruptDocument);
}

TEST(XmlPart, RefusesMoreNodesThanItsLimit) {
  OfficeLimits limits;
  limits.xml_nodes = 3;
  EXPECT_TRUE(XmlPart::parse("<a><b/><b/></a>", limits));
  EXPECT_EQ(XmlPart::parse("<a><b/><b/><b/></a>", limits).error().code, ErrorCode::kTooLarge);
}

TEST(XmlPart, RefusesDocumentTypesSoThatNoEntityIsEverDefined) {
  const auto part = XmlPart::parse("<!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;</a>", {});
  EXPECT_EQ(part.error().code, ErrorCode::kCorruptDocument);
}

TEST(XmlPart, RefusesBrokenXml) {
  EXPECT_EQ(XmlPart::parse("<a><b></a>", {}).error().code, ErrorCode::kCorruptDocument);
  EXPECT_EQ(XmlPart::parse("", {}).error().code, ErrorCode::kCorruptDocument);
}

}  // namespace
}  // namespace medmark::input::office
