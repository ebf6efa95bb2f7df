package org.retailhub.platform.runtime.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The codes of the problems that an operation answers with, besides those that all share. Status and title come from the code's enum,
 * so they are written once. A code that no enum of the module has fails the deployment.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Problems {
    String[] value();
}
