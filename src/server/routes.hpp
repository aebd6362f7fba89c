// The routes, by subject. Each function adds its routes to the router; services outlive it.
#pragma once

#include "server/access.hpp"
#include "server/router.hpp"
#include "server/services.hpp"

namespace medmark::server {

void add_session_routes(Router& router, Services& services, const Access& access);
void add_task_routes(Router& router, Services& services);
void add_document_routes(Router& router, Services& services);
void add_search_routes(Router& router, Services& services);
void add_correction_routes(Router& router, Services& services);
void add_export_routes(Router& router, Services& services);
void add_account_routes(Router& router, Services& services);
void add_administration_routes(Router& router, Services& services);
void add_learning_routes(Router& router, Services& services);
void add_probe_routes(Router& router, Services& services);
void add_page_routes(Router& router, Services& services);

}  // namespace medmark::server
