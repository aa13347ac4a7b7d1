#include "pipeline/process.hpp"

#include "pipeline/answer.hpp"
#include "pipeline/fault_choice.hpp"
#include "pipeline/stages.hpp"

namespace shep::pipeline {

boost::asio::awaitable<result<shared_bytes>> process(exchange& x, ids& fresh) {
  if (const auto ok = admit(x); !ok) co_return ok.error();
  if (const auto ok = verify(x); !ok) co_return ok.error();
  if (x.held)
    if (const auto ok = co_await ask_about_signer(x); !ok) co_return ok.error();
  if (const auto ok = read(x); !ok) co_return ok.error();
  if (const auto ok = choose_route(x); !ok) co_return ok.error();
  if (const auto ok = admit_sender(x); !ok) co_return ok.error();
  if (const auto ok = check_request_contract(x); !ok) co_return ok.error();
  if (const auto ok = verify_business_data(x); !ok) co_return ok.error();
  if (x.business_held)
    if (const auto ok = co_await ask_about_business_signers(x); !ok) co_return ok.error();
  if (const auto ok = check_business_signers(x); !ok) co_return ok.error();
  if (const auto ok = choose_fault(x, fresh); !ok) co_return ok.error();
  if (stands_alone(x)) x.reply.emplace();
  else if (const auto ok = co_await ask_adapter(x); !ok) co_return ok.error();
  co_return render_answer(x, fresh);
}

}  // namespace shep::pipeline
