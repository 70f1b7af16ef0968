@echo off
rem Starts the TransFuse command line from wherever this file lies.
rem JAVA_HOME chooses the Java (17 or newer); JAVA_OPTS and TRANSFUSE_OPTS are passed to it.
setlocal
set "JAVA=java.exe"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
set "OPENS="
if /i not "%~1"=="spark" goto plain
if not exist "%SPARK_HOME%\jars" goto plain
for %%P in (java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar) do call set "OPENS=%%OPENS%% --add-opens=java.base/%%P=ALL-UNNAMED"
"%JAVA%" %OPENS% --add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED %JAVA_OPTS% %TRANSFUSE_OPTS% -cp "%~dp0..\lib\transfuse.jar;%SPARK_HOME%\jars\*" io.github.transfuse.cli.Main %*
exit /b %ERRORLEVEL%
:plain
"%JAVA%" %JAVA_OPTS% %TRANSFUSE_OPTS% -jar "%~dp0..\lib\transfuse.jar" %*
exit /b %ERRORLEVEL%
