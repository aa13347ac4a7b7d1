#include "adapters/forwarding/fixtures.hpp"

#include "protocol/read_message.hpp"
#include "support/temporary_folder.hpp"

#include <filesystem>
#include <fstream>
#include <sys/stat.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

namespace shep::forwarding {
namespace {

namespace fs = std::filesystem;

std::string request_with(const std::string& number) {
  return "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><t:SendMessage "
         "xmlns:t='http://bip.bee.kz/SyncChannel/v10/Types'><request><requestData><data><q><n>" +
         number + "</n></q></data></requestData></request></t:SendMessage></s:Body></s:Envelope>";
}

recorded_exchange exchange(const std::string& number, const std::string& id) {
  recorded_exchange r;
  r.service_id = "S";
  r.exchange_id = id;
  r.name = fixture_name(r.service_id, id);
  r.request = share(request_with(number));
  r.response = share("<answer>" + number + "</answer>");
  r.status_code = "SCSS001";
  r.document = "<a/>";
  r.carrier = "child_element";
  return r;
}

/// The end of a coroutine that also needs the library's own thread, which may still be about to wake the context when it has ended: the
/// context outlives every library.
result<void> record(fixture_library& library, const recorded_exchange& r) {
  const auto document = xml::admit(r.request).value();
  const auto data = protocol::find_business_data(document).value();
  static boost::asio::io_context io;
  io.restart();
  const auto work = boost::asio::make_work_guard(io);
  auto ended = boost::asio::co_spawn(io, library.record(r, data), boost::asio::use_future);
  while (ended.wait_for(std::chrono::seconds(0)) != std::future_status::ready) io.run_one();
  return ended.get();
}

std::string answer_for(const fixture_library& library, const std::string& number, const std::string& service = "S") {
  const auto document = xml::admit(share(request_with(number))).value();
  const auto found = library.find(service, protocol::find_business_data(document).value());
  return found ? *found->message : "none";
}

TEST(Fixtures, WhatIsRecordedIsFoundByServiceAndDataNowAndAfterAReload) {
  const test::temporary_folder folder;
  const std::string place = folder.path() + "/deep/recordings";
  {
    fixture_library library(place);
    EXPECT_TRUE(library.load().empty()) << "a folder that is not there is empty";
    ASSERT_TRUE(record(library, exchange("1", "id-1")));
    ASSERT_TRUE(record(library, exchange("2", "id-2")));
    EXPECT_EQ(answer_for(library, "1"), "<answer>1</answer>");
    EXPECT_EQ(answer_for(library, "3"), "none");
    EXPECT_EQ(answer_for(library, "1", "T"), "none");
  }
  fixture_library again(place);
  EXPECT_TRUE(again.load().empty());
  EXPECT_EQ(again.size(), 2U);
  EXPECT_EQ(answer_for(again, "2"), "<answer>2</answer>");
}

TEST(Fixtures, NothingIsWrittenOverAndNothingIsLeftBehind) {
  const test::temporary_folder folder;
  fixture_library library(folder.path());
  ASSERT_TRUE(record(library, exchange("1", "id-1")));
  const auto second = record(library, exchange("2", "id-1"));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, problems::environment);
  EXPECT_EQ(fixture_names(folder.path()), std::vector<std::string>{"S-id-1"});
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
  EXPECT_EQ(*read_fixture(folder.path(), "S-id-1")->response, "<answer>1</answer>");
}

TEST(Fixtures, A05_NamesAreSafeWhateverTheServiceIsCalled) {
  EXPECT_EQ(fixture_name("GbdulInfoByBin_v2", "0-a"), "GbdulInfoByBin_v2-0-a");
  EXPECT_EQ(fixture_name("../../etc/passwd", "1"), "______etc_passwd-1");
  EXPECT_EQ(fixture_name(std::string("a\0b/%2e.", 8), "1"), "a_b__2e_-1");
  EXPECT_EQ(fixture_name("", "1"), "-1");
  EXPECT_LE(fixture_name(std::string(4096, 'a'), std::string(4096, '/')).size(), 100U);
}

TEST(Fixtures, A05_ALinkAPipeAndSomethingElseInTheFolderAreLeftOut) {
  const test::temporary_folder folder, elsewhere;
  {
    fixture_library other(elsewhere.path());
    ASSERT_TRUE(record(other, exchange("1", "id-1")));
  }
  fs::create_directory_symlink(elsewhere.path() + "/S-id-1", folder.path() + "/linked");
  fs::create_directories(folder.path() + "/no-manifest");
  fs::create_directories(folder.path() + "/.hidden.partial");
  fs::create_directories(folder.path() + "/pipe");
  ASSERT_EQ(::mkfifo((folder.path() + "/pipe/fixture.json").c_str(), 0600), 0);
  fs::create_directories(folder.path() + "/link-inside");
  fs::create_symlink(elsewhere.path() + "/S-id-1/fixture.json", folder.path() + "/link-inside/fixture.json");
  fs::create_directories(folder.path() + "/other-version");
  std::ofstream(folder.path() + "/other-version/fixture.json") << R"({"version": 2, "serviceId": "S"})";
  fixture_library library(folder.path());
  const auto told = library.load();
  EXPECT_EQ(told.size(), 4U);
  for (const problem& p : told) EXPECT_FALSE(p.where.empty()) << describe(p);
  EXPECT_EQ(library.size(), 0U);
}

TEST(Fixtures, FilesAreForTheirOwnerOnly) {
  const test::temporary_folder folder;
  fixture_library library(folder.path());
  ASSERT_TRUE(record(library, exchange("1", "id-1")));
  for (const auto& entry : fs::recursive_directory_iterator(folder.path()))
    EXPECT_EQ(entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all), fs::perms::none) << entry.path();
}

TEST(Fixtures, AFullFolderTakesNoMore) {
  const test::temporary_folder folder;
  fixture_library library(folder.path(), {}, {2, 1 << 20});
  ASSERT_TRUE(record(library, exchange("1", "id-1")));
  ASSERT_TRUE(record(library, exchange("2", "id-2")));
  EXPECT_EQ(record(library, exchange("3", "id-3")).error().code, problems::usage);
  EXPECT_EQ(fixture_names(folder.path()).size(), 2U);
}

}  // namespace
}  // namespace shep::forwarding
