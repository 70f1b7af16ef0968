@echo off
rem Starts the TransFuse command line from wherever this file lies.
rem JAVA_HOME chooses the Java (17 or newer); JAVA_OPTS and TRANSFUSE_OPTS are passed to it.
setlocal
set "JAVA=java.exe"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" %JAVA_OPTS% %TRANSFUSE_OPTS% -jar "%~dp0..\lib\transfuse.jar" %*
exit /b %ERRORLEVEL%
