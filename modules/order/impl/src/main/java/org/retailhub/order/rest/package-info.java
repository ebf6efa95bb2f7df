/** The order API: its resources and what they read and write. No rule of an order is here. */
package org.retailhub.order.rest;
