#pragma once

// Asio is compiled once, in shep_asio; whoever includes it must say so, or would compile its own copy of everything.
#ifndef BOOST_ASIO_SEPARATE_COMPILATION
#define BOOST_ASIO_SEPARATE_COMPILATION
#endif
#ifndef BOOST_ASIO_NO_DEPRECATED
#define BOOST_ASIO_NO_DEPRECATED
#endif

#include <boost/asio/awaitable.hpp>
