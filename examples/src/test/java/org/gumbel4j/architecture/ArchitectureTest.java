package org.gumbel4j.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may depend on whom; docs/architecture.md says why. */
class ArchitectureTest {
  private static final String INTERNAL = "org.gumbel4j.internal..";
  private static final String CPU = "org.gumbel4j.cpu..";
  private static final String DJL = "org.gumbel4j.djl..";
  private static final String CONFORMANCE = "org.gumbel4j.conformance..";
  private static final String EXAMPLES = "org.gumbel4j.examples..";
  private static final String DJL_EXAMPLES = "org.gumbel4j.examples.djl..";
  private static final String[] OUTSIDE_CORE = {CPU, DJL, CONFORMANCE, EXAMPLES};
  private static final String[] STANDARD = {"java..", "org.slf4j..", "org.jspecify.."};

  private static JavaClasses everything;
  private static JavaClasses core;

  @BeforeAll
  static void importProductionClasses() {
    everything =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.gumbel4j");
    core = everything.that(not(resideInAnyPackage(OUTSIDE_CORE)));
  }

  @Test
  void coreNeedsJavaAndSlf4jAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(STANDARD)
                .or(resideInAPackage("org.gumbel4j..").and(not(resideInAnyPackage(OUTSIDE_CORE)))))
        .check(core);
  }

  @Test
  void theCpuBackendNeedsCoreAndTheVectorApiAlone() {
    classes()
        .that()
        .resideInAPackage(CPU)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(STANDARD)
                .or(resideInAnyPackage("jdk.incubator.vector..", CPU))
                .or(resideInAPackage("org.gumbel4j..").and(not(resideInAnyPackage(OUTSIDE_CORE)))))
        .check(everything);
  }

  /**
   * One loop over registers of another shape makes JDK 17 forget the intrinsics of loops that have
   * nothing to do with it: {@code Pass} says more.
   */
  @Test
  void vectorKernelsKeepToRegistersOfOneShape() {
    noClasses()
        .that()
        .resideInAPackage("org.gumbel4j.cpu.kernels..")
        .should()
        .callMethodWhere(target(nameMatching("convert(Shape)?|castShape|reinterpretShape")))
        .check(everything);
  }

  @Test
  void nobodyNamesABackendTheyAreFoundAsServices() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CPU)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(CPU)
        .check(everything);
  }

  /** One package of the examples is written for DJL's own models, which nobody can find by name. */
  @Test
  void onlyTheDjlExamplesKnowDjl() {
    noClasses()
        .that()
        .resideOutsideOfPackages(DJL, DJL_EXAMPLES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(DJL, "ai.djl..")
        .check(everything);
  }

  @Test
  void theDjlExamplesUseWhatTheBackendExportsAlone() {
    noClasses()
        .that()
        .resideInAPackage(DJL_EXAMPLES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.gumbel4j.djl.internal..", "ai.djl.pytorch..", "ai.djl.mxnet..")
        .check(everything);
  }

  @Test
  void theKitDoesNotKnowTheExamples() {
    noClasses()
        .that()
        .resideInAPackage(CONFORMANCE)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(EXAMPLES)
        .check(everything);
  }

  @Test
  void internalsStayInCore() {
    noClasses()
        .that()
        .resideInAnyPackage(OUTSIDE_CORE)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(INTERNAL)
        .check(everything);
  }

  @Test
  void everyPackageIsNullMarked() {
    List<String> unmarked =
        everything.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(p -> !p.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();
    assertThat(unmarked).isEmpty();
  }
}
