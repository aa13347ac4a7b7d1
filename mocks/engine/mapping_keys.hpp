#pragma once

#include "mocks/engine/json_node.hpp"

#include <span>

/// Every key of the mapping format, one table for each kind of object; schemas/shepsim/mapping.schema.json says the same for editors.
namespace shep::mocks::keys {

extern const key_table file;
extern const key_table mapping;
extern const key_table scenario_key;
extern const key_table request;
extern const key_table request_shep;
extern const key_table signature;
extern const key_table consent;
extern const key_table person;
extern const key_table organization;
extern const key_table record;
extern const key_table text_matcher;
extern const key_table body_pattern;
extern const key_table xpath_matcher;
extern const key_table xpath_operand;
extern const key_table response;
extern const key_table response_shep;
extern const key_table delay_distribution;
extern const key_table data_type;
extern const key_table fault;
extern const key_table named_fault;

std::span<const key_table* const> all();

}  // namespace shep::mocks::keys
