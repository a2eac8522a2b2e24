/* main.c - admin-web: HTTP into commands and reads */
#include "admin-web/admin.h"
#include "admin-web/routes.h"
#include "common/io/service.h"

int main(int argc, char **argv)
{
    static struct admin admin;
    return service_main(
        argc, argv,
        &(struct service){
            .name = "admin-web",
            .settings = &admin_settings,
            .conf = &admin.conf,
            .prints =
                (const struct service_print[]){
                                               {"print-routes", "print every address with its method and scope", routes_print},
                                               {0},
                                               },
            .start = admin_start,
            .stop = admin_stop,
            .fini = admin_fini,
            .ctx = &admin,
    });
}
