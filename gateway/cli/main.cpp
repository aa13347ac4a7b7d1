#include "cli/command.hpp"

int main(int argc, char** argv) { return shep::cli::run(argc, argv); }
