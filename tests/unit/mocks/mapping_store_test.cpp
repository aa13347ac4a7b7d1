#include "mocks/engine/problems.hpp"
#include "support.hpp"

#include <thread>

namespace shep::mocks::testing {
namespace {

std::string now_answering(const engine& e) {
  const request r;
  const auto decided = e.decide(r.view);
  const auto* made = decided ? std::get_if<response_definition>(&*decided) : nullptr;
  return made ? made->mapping_name : "nothing";
}

std::shared_ptr<mapping_store> store_with(const std::string& json, std::map<std::string, std::string, std::less<>> bodies = {}) {
  const auto opened = [bodies = std::move(bodies)]() -> std::unique_ptr<body_source> { return std::make_unique<memory_bodies>(bodies); };
  return mapping_store::create(load(json).mappings, opened).value();
}

TEST(MappingStore, ChangesWhatTheEngineAnswers) {
  const world w;
  ids identifiers(1);
  const auto store = store_with(mapping_json("loaded", R"("serviceId": "S")"));
  const engine e(store, w.around);
  EXPECT_EQ(now_answering(e), "loaded");

  const auto added = store->add(mapping_json("added", R"("serviceId": "S")"), identifiers);
  ASSERT_TRUE(added.problems.empty());
  EXPECT_EQ(now_answering(e), "added") << "the younger one of its priority wins";

  const auto updated = store->update(added.made->id, mapping_json("updated", R"("serviceId": "S")"));
  ASSERT_TRUE(updated.problems.empty());
  EXPECT_EQ(updated.made->id, added.made->id);
  EXPECT_EQ(now_answering(e), "updated");

  EXPECT_TRUE(store->remove(added.made->id));
  EXPECT_FALSE(store->remove(added.made->id));
  EXPECT_EQ(now_answering(e), "loaded");
  store->clear();
  EXPECT_EQ(now_answering(e), "nothing");
  store->reset();
  EXPECT_EQ(now_answering(e), "loaded");
}

TEST(MappingStore, KeepsTheIdOfTheTextAndRefusesOneThatIsTaken) {
  ids identifiers(1);
  const auto store = store_with(R"({"mappings": []})");
  const std::string text = R"({"id": "AAAAAAAA-0000-4000-8000-000000000001", "request": {}, "response": {}})";
  const auto first = store->add(text, identifiers);
  ASSERT_TRUE(first.made);
  EXPECT_EQ(first.made->id, "aaaaaaaa-0000-4000-8000-000000000001");
  const auto second = store->add(text, identifiers);
  EXPECT_FALSE(second.made);
  ASSERT_EQ(second.problems.size(), 1u);
  EXPECT_EQ(second.problems[0].code, problems::mapping_duplicate);
  EXPECT_EQ(store->list().size(), 1u);
  EXPECT_NE(store->snapshot()->find(first.made->id), nullptr);
}

TEST(MappingStore, RefusesWhatItCannotUseAndChangesNothing) {
  ids identifiers(1);
  const auto store = store_with(mapping_json("loaded", R"("serviceId": "S")"), {{"ok.xml", "<a/>"}});
  const auto before = store->snapshot();
  EXPECT_EQ(store->add("{", identifiers).problems.at(0).code, problems::json_syntax);
  EXPECT_EQ(store->add(R"({"request": {}, "response": {}, "x": 1})", identifiers).problems.at(0).code, problems::mapping_key);
  EXPECT_FALSE(store->add(R"({"mappings": []})", identifiers).problems.empty());
  EXPECT_EQ(store->add(R"({"request": {}, "response": {"bodyFileName": "../x"}})", identifiers).problems.at(0).code,
            problems::mapping_file);
  EXPECT_EQ(store->update("aaaaaaaa-0000-4000-8000-000000000001", "{}").problems.at(0).code, problems::mapping_unknown);
  const auto id = before->mappings()[0]->id;
  EXPECT_EQ(store->update(id, R"({"id": "aaaaaaaa-0000-4000-8000-000000000001", "request": {}, "response": {}})").problems.at(0).code,
            problems::mapping_value);
  EXPECT_EQ(store->snapshot(), before);
  EXPECT_TRUE(store->add(R"({"request": {}, "response": {"bodyFileName": "ok.xml"}})", identifiers).problems.empty());
}

TEST(MappingStore, ReadersKeepTheirSnapshotWhileWritersChangeIt) {
  const world w;
  ids identifiers(1);
  const auto store = store_with(mapping_json("loaded", R"("serviceId": "S")"));
  const engine e(store, w.around);
  std::atomic<bool> stop{false};
  std::atomic<int> odd{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i)
    readers.emplace_back([&] {
      while (!stop) {
        const auto name = now_answering(e);
        if (name != "loaded" && name != "added") ++odd;
      }
    });
  for (int i = 0; i < 200; ++i) {
    const auto added = store->add(mapping_json("added", R"("serviceId": "S")"), identifiers);
    if (!added.made || !store->remove(added.made->id)) ++odd;
  }
  stop = true;
  for (auto& t : readers) t.join();
  EXPECT_EQ(odd, 0);
  EXPECT_EQ(store->list().size(), 1u);
}

}  // namespace
}  // namespace shep::mocks::testing
