# libxml2 is the oracle; the tests walk pugixml's tree themselves to name the nodes of a general node set.
pkg_check_modules(libxml2 REQUIRED IMPORTED_TARGET libxml-2.0)
target_link_libraries(xml_vectors PRIVATE pugixml::pugixml PkgConfig::libxml2)
