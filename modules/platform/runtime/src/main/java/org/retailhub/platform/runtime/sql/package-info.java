/**
 * Statements for batches on the module's own datasource. Not a mapper: where rules are rich, the aggregate is a JPA entity.
 */
@NullMarked
package org.retailhub.platform.runtime.sql;

import org.jspecify.annotations.NullMarked;
