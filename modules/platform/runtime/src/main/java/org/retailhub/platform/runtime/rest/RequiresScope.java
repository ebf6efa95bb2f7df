package org.retailhub.platform.runtime.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The scope that a credential needs for an operation. An operation without it is open to nobody. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RequiresScope {
    /** What operators' credentials have and no partner's; calls with it are not counted against a quota. */
    String OPERATORS = "hub:operate";

    String value();
}
