package org.retailhub.platform.runtime.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An operation whose credential is a signature over the body: the gate asks for no key, the operation itself checks before it does anything
 * else. Its caller has no {@link org.retailhub.platform.kernel.CallContext}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ChecksSignature {}
