#include "shipped_services.hpp"
#include <iostream>
using namespace shep::mocks::testing;
TEST(Show, It) { shipped_services s; 
 std::cout << s.answer("GBDFL_UniversalServiceSync","<r><iin>780130090054</iin></r>").definition.body;
 std::cout << s.answer("GbdulInfoByBin_v2","<r><RequestorBIN>250190900013</RequestorBIN><BIN>250290900027</BIN></r>").definition.body;
 std::cout << s.answer("KDP_SERVICE","<r><uin>850315090015</uin><company_bin>1</company_bin><access_name>x</access_name></r>").definition.body;
 auto t=std::chrono::steady_clock::now(); for(int i=0;i<1000;i++) s.answer("GBDFL_UniversalServiceSync","<r><iin>780130090054</iin></r>");
 std::cout << std::chrono::duration<double,std::micro>(std::chrono::steady_clock::now()-t).count()/1000 << " us/answer (with admit of request and answer)\n";
 shipped_services g({true,1}); t=std::chrono::steady_clock::now(); for(int i=0;i<50;i++) g.answer("GBDFL_UniversalServiceSync","<r><surname>A</surname><name>B</name><birthDate>1990-05-05</birthDate></r>");
 std::cout << std::chrono::duration<double,std::micro>(std::chrono::steady_clock::now()-t).count()/50 << " us/search generated\n";
}
