/** The HTTP door: views, scopes and who sees what. */
package org.retailhub.operations.rest;
