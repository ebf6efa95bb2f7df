/**
 * Statements for batches on the module's own datasource. Not a mapper: where rules are rich, the aggregate is a JPA entity.
 */
package org.retailhub.platform.runtime.sql;
