/**
 * The databases as code: roles and schemas, one Flyway history per schema, and a local PostgreSQL with durable settings. Runs
 * before the application server and beside it, never inside: no module depends on this at run time.
 */
@NullMarked
package org.retailhub.database;

import org.jspecify.annotations.NullMarked;
