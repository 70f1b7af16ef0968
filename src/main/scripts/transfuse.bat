@echo off
rem Starts the TransFuse command line from wherever this file lies.
rem It takes the Java that lies beside it, else that of JAVA_HOME, else the one on the PATH (17 or newer). Spark needs more
rem of Java than the one beside it has. JAVA_OPTS and TRANSFUSE_OPTS are passed to Java.
setlocal
set "SPARK="
if /i "%~1"=="spark" if exist "%SPARK_HOME%\jars" set "SPARK=yes"
set "JAVA="
if not defined SPARK if exist "%~dp0..\java\bin\java.exe" set "JAVA=%~dp0..\java\bin\java.exe"
if defined JAVA goto found
if not defined JAVA_HOME goto path
set "JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%JAVA%" goto found
>&2 echo transfuse: JAVA_HOME=%JAVA_HOME% holds no bin\java.exe. Set it to a Java 17 or newer, or unset it.
exit /b 2
:path
for %%J in (java.exe) do set "JAVA=%%~$PATH:J"
if defined JAVA goto found
>&2 echo transfuse: no java on the PATH. Install Java 17 or newer, or set JAVA_HOME.
exit /b 2
:found
rem The version lies beside most Javas; those before 9 call themselves 1.8 and so on
for %%J in ("%JAVA%") do set "RELEASE=%%~dpJ..\release"
set "VERSION="
if exist "%RELEASE%" for /f "usebackq tokens=1,2 delims==" %%V in ("%RELEASE%") do if "%%V"=="JAVA_VERSION" set "VERSION=%%~W"
if not defined VERSION goto start
for /f "tokens=1,2 delims=.-+_" %%A in ("%VERSION%") do if "%%A"=="1" (set "VERSION=%%B") else (set "VERSION=%%A")
if %VERSION% GEQ 17 goto start
>&2 echo transfuse: %JAVA% is Java %VERSION%, and 17 or newer is needed. Set JAVA_HOME to one.
exit /b 2
:start
set "QUIET="
rem From Java 24 on, JavaCPP's use of Unsafe is warned about; older ones do not know the option
if defined VERSION if %VERSION% GEQ 24 set "QUIET=--sun-misc-unsafe-memory-access=allow"
if not defined SPARK goto plain
set "OPENS="
for %%P in (java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar) do call set "OPENS=%%OPENS%% --add-opens=java.base/%%P=ALL-UNNAMED"
"%JAVA%" %QUIET% %OPENS% --add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED %JAVA_OPTS% %TRANSFUSE_OPTS% -cp "%~dp0..\lib\transfuse.jar;%SPARK_HOME%\jars\*" io.github.transfuse.cli.Main %*
exit /b %ERRORLEVEL%
:plain
"%JAVA%" %QUIET% %JAVA_OPTS% %TRANSFUSE_OPTS% -jar "%~dp0..\lib\transfuse.jar" %*
exit /b %ERRORLEVEL%
