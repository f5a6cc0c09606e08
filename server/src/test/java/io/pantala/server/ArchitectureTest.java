package io.pantala.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// What may know what (docs/architecture.md), and what a shard thread must not do.
@AnalyzeClasses(packages = "io.pantala", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final DescribedPredicate<JavaClass> SERVER =
      resideInAPackage("io.pantala.server..");

  @ArchTest
  static final ArchRule coreKnowsOnlyItself =
      noClasses()
          .that()
          .resideInAPackage("io.pantala.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.pantala.txn..", "io.pantala.resp..", "io.pantala.server..", "io.netty..");

  @ArchTest
  static final ArchRule transactionsKnowNoData =
      noClasses()
          .that()
          .resideInAPackage("io.pantala.txn..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.pantala.core..", "io.pantala.resp..", "io.pantala.server..", "io.netty..");

  @ArchTest
  static final ArchRule theProtocolKnowsNoServer =
      noClasses()
          .that()
          .resideInAPackage("io.pantala.resp..")
          .should()
          .dependOnClassesThat(
              SERVER.or(resideInAPackage("io.pantala.txn..")).or(resideInAPackage("io.netty..")));

  @ArchTest
  static final ArchRule onlyTheNetAndTheThreadsKnowNetty =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.pantala.server.net..", "io.pantala.server.shard..", "io.pantala.server.http..")
          .and()
          .resideInAPackage("io.pantala.server..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  @ArchTest
  static final ArchRule nothingIsSynchronized =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage("io.pantala.server..", "io.pantala.txn..", "io.pantala.core.dash..")
          .should()
          .haveModifier(JavaModifier.SYNCHRONIZED);

  @ArchTest
  static final ArchRule nothingOnAShardThreadSleepsOrPrints =
      noClasses()
          .that()
          .resideInAnyPackage("io.pantala.server.client..", "io.pantala.server.shard..")
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .accessField(System.class, "out");

  @ArchTest
  static final ArchRule noUnsafe =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("sun.misc..", "jdk.internal..");

  @ArchTest
  static final ArchRule noLooseNames =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Impl");
}
