/** What commands have in common that speak to the admin REST of a server. */
package dev.kagami.cli.admin;
