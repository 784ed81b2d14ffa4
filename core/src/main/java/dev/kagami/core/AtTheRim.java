package dev.kagami.core;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks code at the rim of the system (start-up, command line, test harness) that may touch what
 * the build forbids elsewhere: the wall clock, unnamed threads, sleeping.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface AtTheRim {
  /** Why this code may. */
  String value();
}
