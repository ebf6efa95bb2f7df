/**
 * Fakes by hand for the tests of several modules. Nothing here stands in for PostgreSQL: tests that need a database get a real one
 * (db-migrations, {@code TemporaryPostgres}) and hold its connections by what is here.
 */
@NullMarked
package org.retailhub.platform.testkit;

import org.jspecify.annotations.NullMarked;
