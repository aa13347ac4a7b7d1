#include "contract/channel_files.hpp"

#include "xml/document.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace shep::contract {
namespace {

constexpr std::string_view base = "http://host:1234/bip-sync/";

TEST(ChannelFiles, TheConcreteWsdlComesFirstAndEveryLocationLeadsBack) {
  const auto wsdl = sync_channel_file("", std::nullopt, base);
  ASSERT_TRUE(wsdl);
  EXPECT_NE(wsdl->find("location=\"http://host:1234/bip-sync/?wsdl=ISyncChannel.wsdl\""), std::string::npos);
  EXPECT_NE(wsdl->find("soap:address location=\"http://host:1234/bip-sync/\""), std::string::npos);
  EXPECT_EQ(wsdl->find("localhost"), std::string::npos);
}

TEST(ChannelFiles, EveryFileThatIsReferredToIsServedAndWellFormed) {
  std::vector<std::string> pending = {"?wsdl"};
  std::size_t seen = 0;
  for (; seen < pending.size(); ++seen) {
    ASSERT_LT(seen, 20U);
    const std::string query = pending[seen];
    const bool is_wsdl = query.starts_with("?wsdl");
    const std::string name = query.find('=') == std::string::npos ? "" : query.substr(query.find('=') + 1);
    const auto file = is_wsdl ? sync_channel_file(name, std::nullopt, base) : sync_channel_file(std::nullopt, name, base);
    ASSERT_TRUE(file) << query;
    EXPECT_TRUE(xml::admit(share(*file))) << query;
    for (std::size_t at = 0; (at = file->find("\"http://host:1234/bip-sync/?", at)) != std::string::npos; ++at) {
      const std::size_t begin = file->find('?', at);
      const std::string next = file->substr(begin, file->find('"', begin) - begin);
      if (std::find(pending.begin(), pending.end(), next) == pending.end()) pending.push_back(next);
    }
  }
  EXPECT_GE(seen, 6U);
}

TEST(ChannelFiles, A05_OnlyTheChannelsOwnFilesAreServed) {
  for (const char* name :
       {"../../kdp/v1/getUserDataRequest.xsd", "/etc/passwd", "SyncChannelTypes.xsd/", "ORIGIN.md", "synchanneltypes.xsd", ""})
    EXPECT_FALSE(sync_channel_file(std::nullopt, name, base)) << name;
  EXPECT_FALSE(sync_channel_file("SyncChannelTypes.xsd", std::nullopt, base));
  EXPECT_FALSE(sync_channel_file(std::nullopt, std::nullopt, base));
}

TEST(ChannelFiles, AHostileHostCannotBreakOutOfTheAttribute) {
  const auto wsdl = sync_channel_file("", std::nullopt, "http://x\"><evil/>&/");
  ASSERT_TRUE(wsdl);
  EXPECT_EQ(wsdl->find("<evil/>"), std::string::npos);
}

}  // namespace
}  // namespace shep::contract
