package org.gumbel4j.djl;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Method;
import java.util.Locale;
import org.gumbel4j.spi.Availability;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Skips what a parameterized test asks of MXNet, on platforms for which MXNet was never published;
 * where it was, it must be there.
 */
public final class WhereMxNetIs implements InvocationInterceptor {
  /** Skips the rest of a test on such a platform. */
  public static void assumeMxNet() {
    assumeTrue(
        !(Natives.mxNet() instanceof Availability.Unavailable no
            && no.remedy().contains("not published")),
        "MXNet was not published for this platform");
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invoked,
      ExtensionContext context)
      throws Throwable {
    for (Object argument : invoked.getArguments()) {
      if (String.valueOf(argument).toLowerCase(Locale.ROOT).contains("mxnet")) {
        assumeMxNet();
      }
    }
    invocation.proceed();
  }
}
